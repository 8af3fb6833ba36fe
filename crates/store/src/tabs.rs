//! Several tabs of one browser: a lock that one tab holds at a time, and a channel on which they tell each other.

use std::future::Future;

use js_sys::{Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{BroadcastChannel, MessageEvent};

use crate::error::{StoreError, StoreErrorKind};

pub(crate) fn global_member(name: &str) -> Option<JsValue> {
    let value = Reflect::get(&js_sys::global(), &JsValue::from_str(name)).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

/// Whether a lock was really held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockState {
    /// This tab alone held it.
    Held,
    /// The browser has no locks here or refuses them: nothing kept another tab out.
    NoLocks,
}

/// A lock, let go when dropped.
pub struct TabLock {
    state: LockState,
    release: Option<Function>,
}

impl TabLock {
    /// Whether a lock is really held.
    #[must_use]
    pub fn state(&self) -> LockState {
        self.state
    }

    /// Waits until this tab holds the lock of this name. Where there are no locks it does not wait, and says so.
    pub async fn acquire(name: &str) -> Self {
        // Without a limit on waiting the browser always grants in the end.
        Self::request(name, false).await.unwrap_or(Self {
            state: LockState::NoLocks,
            release: None,
        })
    }

    /// Takes the lock if no other tab holds it; `None` if one does. Where there are no locks, says so.
    pub async fn try_acquire(name: &str) -> Option<Self> {
        Self::request(name, true).await
    }

    async fn request(name: &str, only_if_free: bool) -> Option<Self> {
        let without = Some(Self {
            state: LockState::NoLocks,
            release: None,
        });
        let Some((locks, request)) = lock_manager() else {
            return without;
        };
        let (released, release) = promise();
        let (granted, grant) = promise();
        // Made before waiting: if the waiting future is dropped, a grant that comes later is given back at once.
        let lock = Self {
            state: LockState::Held,
            release: Some(release),
        };
        let callback = Closure::once_into_js(move |granted_lock: JsValue| -> JsValue {
            let is_granted = JsValue::from_bool(!granted_lock.is_null());
            // Resolving a promise of our own does not throw.
            let _ = grant.call1(&JsValue::UNDEFINED, &is_granted);
            if granted_lock.is_null() {
                JsValue::UNDEFINED
            } else {
                released.into()
            }
        });
        let options = Object::new();
        if Reflect::set(
            &options,
            &JsValue::from_str("ifAvailable"),
            &JsValue::from_bool(only_if_free),
        )
        .is_err()
        {
            return without;
        }
        let arguments = js_sys::Array::of3(&JsValue::from_str(name), &options, &callback);
        let Ok(outcome) = request.apply(&locks, &arguments) else {
            return without;
        };
        // The outcome settles first only if the request is refused, as in a page without an origin.
        let race = Promise::race(&js_sys::Array::of2(&granted, &outcome));
        match JsFuture::from(race).await {
            Ok(granted) if granted.as_bool() == Some(true) => Some(lock),
            Ok(_) => None,
            Err(_) => without,
        }
    }
}

impl Drop for TabLock {
    fn drop(&mut self) {
        if let Some(release) = self.release.take() {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Runs the work while this tab holds the lock of this name, and says whether it really did.
pub async fn with_lock<F, W>(name: &str, work: W) -> (F::Output, LockState)
where
    W: FnOnce() -> F,
    F: Future,
{
    let lock = TabLock::acquire(name).await;
    let output = work().await;
    (output, lock.state())
}

fn lock_manager() -> Option<(JsValue, Function)> {
    // By name, because web-sys offers locks only to builds with its unstable interfaces.
    let locks = Reflect::get(&global_member("navigator")?, &JsValue::from_str("locks")).ok()?;
    let request = Reflect::get(&locks, &JsValue::from_str("request")).ok()?;
    Some((locks, request.dyn_into().ok()?))
}

/// A promise and the function that resolves it.
pub(crate) fn promise() -> (Promise, Function) {
    // Not `Function::default()`: that makes a function from text, which the page's policy forbids.
    let mut resolve_function = JsValue::UNDEFINED;
    let promise = Promise::new(&mut |resolve, _reject| resolve_function = resolve.into());
    (promise, resolve_function.unchecked_into())
}

/// A channel to the other tabs of this browser. Dropping it closes it.
pub struct TabChannel {
    channel: BroadcastChannel,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

impl TabChannel {
    /// Joins the channel of this name. Messages of other tabs come to `on_message`; own ones do not.
    ///
    /// # Errors
    /// [`Unavailable`](StoreErrorKind::Unavailable) where the browser has no channels: other tabs are then not told.
    pub fn open(name: &str, on_message: impl Fn(Vec<u8>) + 'static) -> Result<Self, StoreError> {
        let unavailable = |detail: &str| StoreError::new(StoreErrorKind::Unavailable, detail);
        global_member("BroadcastChannel").ok_or_else(|| unavailable("BroadcastChannel"))?;
        let channel = BroadcastChannel::new(name).map_err(|_| unavailable("BroadcastChannel"))?;
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            // Anything else on the channel is not ours.
            if let Ok(bytes) = event.data().dyn_into::<Uint8Array>() {
                on_message(bytes.to_vec());
            }
        });
        channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        Ok(Self {
            channel,
            _on_message: on_message,
        })
    }

    /// Sends bytes to all other tabs.
    ///
    /// # Errors
    /// [`Closed`](StoreErrorKind::Closed) when the channel is.
    pub fn post(&self, bytes: &[u8]) -> Result<(), StoreError> {
        self.channel
            .post_message(&Uint8Array::from(bytes))
            .map_err(|_| StoreError::new(StoreErrorKind::Closed, "BroadcastChannel"))
    }
}

impl Drop for TabChannel {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
    }
}
