//! A folder of the person's own, into which files can be written without asking each time. Not every browser has this.

use js_sys::{AsyncIterator, IteratorNext, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// The browser's handle of a folder.
    #[derive(Clone)]
    pub type Folder;
    #[wasm_bindgen(method, getter)]
    fn name(this: &Folder) -> String;
    #[wasm_bindgen(method, catch, js_name = getFileHandle)]
    async fn get_file_handle(
        this: &Folder,
        name: &str,
        options: &Object,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = removeEntry)]
    async fn remove_entry(this: &Folder, name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = queryPermission)]
    async fn query_permission(this: &Folder, options: &Object) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = requestPermission)]
    async fn request_permission(this: &Folder, options: &Object) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method)]
    fn keys(this: &Folder) -> AsyncIterator;

    type File;
    #[wasm_bindgen(method, catch, js_name = createWritable)]
    async fn create_writable(this: &File) -> Result<JsValue, JsValue>;

    type Writable;
    #[wasm_bindgen(method, catch)]
    async fn write(this: &Writable, bytes: &Uint8Array) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn close(this: &Writable) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = window, catch, js_name = showDirectoryPicker)]
    async fn show_directory_picker(options: &Object) -> Result<JsValue, JsValue>;
}

/// Whether this browser lets a person choose a folder.
pub fn can_be_chosen() -> bool {
    web_sys::window()
        .and_then(|window| Reflect::has(&window, &"showDirectoryPicker".into()).ok())
        .unwrap_or(false)
}

fn options(pairs: &[(&str, JsValue)]) -> Object {
    let options = Object::new();
    for (key, value) in pairs {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&options, &(*key).into(), value);
    }
    options
}

fn to_write() -> Object {
    options(&[("mode", "readwrite".into())])
}

/// Lets the person choose a folder; nothing where they did not, or the browser refused.
pub async fn choose() -> Option<Folder> {
    let options = options(&[("mode", "readwrite".into()), ("id", "flightpath".into())]);
    let folder = show_directory_picker(&options).await.ok()?;
    Some(folder.unchecked_into())
}

impl Folder {
    /// The folder's own name.
    pub fn title(&self) -> String {
        self.name()
    }

    /// Whether it may be written to without asking.
    pub async fn is_allowed(&self) -> bool {
        is_granted(self.query_permission(&to_write()).await)
    }

    /// Asks the person; only in answer to something that they did.
    pub async fn ask(&self) -> bool {
        is_granted(self.request_permission(&to_write()).await)
    }

    /// Writes a file; it is there as a whole or not at all. Whether it is.
    pub async fn write_file(&self, name: &str, bytes: &[u8]) -> bool {
        let written = async {
            let create = options(&[("create", true.into())]);
            let file: File = self
                .get_file_handle(name, &create)
                .await
                .ok()?
                .unchecked_into();
            let writable: Writable = file.create_writable().await.ok()?.unchecked_into();
            writable.write(&Uint8Array::from(bytes)).await.ok()?;
            writable.close().await.ok()
        };
        written.await.is_some()
    }

    /// Names of what is in it, in order.
    pub async fn names(&self) -> Vec<String> {
        let keys = self.keys();
        let mut names = Vec::new();
        while let Ok(next) = keys.next() {
            let Ok(next) = JsFuture::from(next).await else {
                break;
            };
            let next: IteratorNext = next.unchecked_into();
            if next.done() {
                break;
            }
            names.extend(next.value().as_string());
        }
        names.sort();
        names
    }

    /// Removes a file, if it is there.
    pub async fn remove(&self, name: &str) {
        let _ = self.remove_entry(name).await;
    }
}

fn is_granted(answer: Result<JsValue, JsValue>) -> bool {
    answer.is_ok_and(|answer| answer.as_string().as_deref() == Some("granted"))
}
