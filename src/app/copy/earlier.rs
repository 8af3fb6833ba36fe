//! Earlier states of the school, to which it can be set back.

use std::borrow::Cow;

use flightpath_school::journal::{School, Step, stored};
use flightpath_school::model::Moment;
use flightpath_store::{Contents, Snapshot, SnapshotHead};

/// An earlier state of the school.
pub struct Earlier {
    /// When it was made, by the clock of the computer that made it.
    pub made: Moment,
    /// Name of the backup; empty for a snapshot.
    pub file: String,
    state: State,
}

enum State {
    Stored(Contents),
    Read(Box<School>),
}

impl Earlier {
    /// What a snapshot holds.
    pub(super) fn of_snapshot(snapshot: &Snapshot, contents: Contents) -> Earlier {
        Earlier {
            made: state_of(&snapshot.head),
            file: String::new(),
            state: State::Stored(contents),
        }
    }

    /// The school as it was; nothing where it does not fit together.
    pub(super) fn school(&self) -> Option<Cow<'_, School>> {
        match &self.state {
            State::Stored(contents) => school_of(contents).map(Cow::Owned),
            State::Read(school) => Some(Cow::Borrowed(school)),
        }
    }

    /// What a backup holds.
    pub fn of_backup(file: String, made: Moment, school: School) -> Earlier {
        Earlier {
            made,
            file,
            state: State::Read(Box::new(school)),
        }
    }
}

/// When the state in a snapshot was what the school was: the snapshot itself may have been made later.
pub fn state_of(head: &SnapshotHead) -> Moment {
    let at = head.manifest.written_ms.unwrap_or(head.made_ms);
    Moment(i64::try_from(at).unwrap_or_default())
}

/// The school that a stored state and its log make; nothing where it does not fit together.
pub fn school_of(contents: &Contents) -> Option<School> {
    let mut school = School::default();
    for (_, body) in &contents.chunks {
        let part = stored::read(body).ok()?;
        part.block.join_into(&mut school).ok()?;
    }
    for entry in &contents.log {
        school.apply(&Step::from_json(&entry.body).ok()?);
    }
    Some(school)
}
