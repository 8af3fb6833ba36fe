//! What a key press asks for.

/// A command of the whole program that a key gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortcut {
    /// Find a pupil, a class or a command.
    Find,
    /// List the keys.
    Help,
    /// Undo the last step.
    Undo,
    /// Do the last undone step again.
    Redo,
}

/// The command that a key press gives, if any. While somebody types, only keys with Ctrl count,
/// and undo and redo are the text field's own; one press of the keys is one step.
pub fn shortcut(event: &web_sys::KeyboardEvent, typing: bool) -> Option<Shortcut> {
    let control = event.ctrl_key() || event.meta_key();
    match (control, event.key().to_lowercase().as_str()) {
        // A key held down would run on past what the person sees, into the imports.
        (true, "z" | "y") if event.repeat() => None,
        (true, "k") => Some(Shortcut::Find),
        (true, "z") if event.shift_key() && !typing => Some(Shortcut::Redo),
        (true, "z") if !typing => Some(Shortcut::Undo),
        (true, "y") if !typing => Some(Shortcut::Redo),
        (false, "?") if !typing => Some(Shortcut::Help),
        _ => None,
    }
}

/// Whether the event comes from something that takes text.
pub fn is_typing(event: &web_sys::Event) -> bool {
    use wasm_bindgen::JsCast;
    let Some(element) = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
    else {
        return false;
    };
    let kind = element.get_attribute("type").unwrap_or_default();
    match element.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => !matches!(
            kind.as_str(),
            "checkbox" | "radio" | "button" | "submit" | "file"
        ),
        _ => false,
    }
}
