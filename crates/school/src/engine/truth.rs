//! Three-valued truth: what is not known is neither true nor false.

/// True, false or not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Truth {
    /// It is so.
    True,
    /// It is not so.
    False,
    /// It cannot be told.
    #[default]
    Unknown,
}

impl Truth {
    /// Whether it is known to be so.
    pub fn is_true(self) -> bool {
        self == Truth::True
    }

    /// False if one is, else unknown if one is.
    #[must_use]
    pub fn and(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::False, _) | (_, Truth::False) => Truth::False,
            (Truth::True, Truth::True) => Truth::True,
            _ => Truth::Unknown,
        }
    }

    /// True if one is, else unknown if one is.
    #[must_use]
    pub fn or(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::True, _) | (_, Truth::True) => Truth::True,
            (Truth::False, Truth::False) => Truth::False,
            _ => Truth::Unknown,
        }
    }

    /// The opposite; unknown stays unknown.
    #[must_use]
    pub fn opposite(self) -> Truth {
        match self {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
        }
    }
}

impl From<bool> for Truth {
    fn from(known: bool) -> Truth {
        if known { Truth::True } else { Truth::False }
    }
}

/// How many of a pupil's subjects fulfil something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Count {
    /// Subjects of which it is true.
    pub yes: u16,
    /// Subjects of which it is not known.
    pub unknown: u16,
}

impl Count {
    /// Counts one more subject.
    pub fn add(&mut self, truth: Truth) {
        match truth {
            Truth::True => self.yes = self.yes.saturating_add(1),
            Truth::Unknown => self.unknown = self.unknown.saturating_add(1),
            Truth::False => {}
        }
    }

    /// Whether the count lies within bounds. Unknown subjects never count, so they do not take a
    /// count out of its bounds; but where they could still bring it in, the answer is unknown.
    pub fn within(self, at_least: u16, at_most: Option<u16>) -> Truth {
        if at_most.is_some_and(|most| self.yes > most) {
            Truth::False
        } else if self.yes >= at_least {
            Truth::True
        } else if self.yes.saturating_add(self.unknown) >= at_least {
            Truth::Unknown
        } else {
            Truth::False
        }
    }
}
