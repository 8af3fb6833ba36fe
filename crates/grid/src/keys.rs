//! Keys, as a browser names them.

/// A key that means something in a grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// One that writes something, dead keys and those of an input method among them.
    Writes,
    /// The space bar.
    Space,
    /// Enter.
    Enter,
    /// The tabulator.
    Tab,
    /// An arrow.
    Arrow(Way),
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// F2.
    Edit,
    /// Escape.
    Escape,
    /// Delete or Backspace.
    Delete,
    /// The menu key, or Shift+F10.
    Menu,
    /// A letter that is held with Ctrl or Cmd, in lower case.
    Command(char),
}

/// A direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To the row before.
    Up,
    /// To the next row.
    Down,
    /// To the column before.
    Left,
    /// To the next column.
    Right,
}

/// What is held beside a key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Modifiers {
    /// Shift.
    pub shift: bool,
    /// Ctrl, or Cmd on a Mac.
    pub control: bool,
    /// Alt.
    pub alt: bool,
}

impl Key {
    /// The key of this name (`KeyboardEvent.key`); nothing for one that means nothing here.
    pub fn named(name: &str, held: Modifiers) -> Option<Key> {
        Some(match name {
            "Enter" => Key::Enter,
            "Tab" => Key::Tab,
            "ArrowUp" => Key::Arrow(Way::Up),
            "ArrowDown" => Key::Arrow(Way::Down),
            "ArrowLeft" => Key::Arrow(Way::Left),
            "ArrowRight" => Key::Arrow(Way::Right),
            "Home" => Key::Home,
            "End" => Key::End,
            "PageUp" => Key::PageUp,
            "PageDown" => Key::PageDown,
            "F2" => Key::Edit,
            "Escape" => Key::Escape,
            "Delete" | "Backspace" => Key::Delete,
            "ContextMenu" => Key::Menu,
            "F10" if held.shift => Key::Menu,
            "Dead" | "Process" => Key::Writes,
            _ => {
                let mut letters = name.chars();
                let letter = letters.next()?;
                if letters.next().is_some() {
                    return None;
                }
                // AltGr is Ctrl and Alt at once on some systems, and writes.
                match (letter, held.control && !held.alt) {
                    (letter, true) => Key::Command(letter.to_ascii_lowercase()),
                    (' ', false) => Key::Space,
                    _ if held.alt && !held.control => return None,
                    _ => Key::Writes,
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_write_and_with_control_they_command() {
        let held = Modifiers::default();
        let control = Modifiers {
            control: true,
            ..held
        };
        assert_eq!(Key::named("7", held), Some(Key::Writes));
        assert_eq!(Key::named("é", held), Some(Key::Writes));
        assert_eq!(Key::named(" ", held), Some(Key::Space));
        assert_eq!(Key::named("Z", control), Some(Key::Command('z')));
        let alt_gr = Modifiers {
            alt: true,
            ..control
        };
        assert_eq!(Key::named("@", alt_gr), Some(Key::Writes));
        assert_eq!(Key::named("CapsLock", held), None);
        assert_eq!(Key::named("F10", held), None);
    }
}
