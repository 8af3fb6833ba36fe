//! Reading the store: the list of pupils first, then everything; and what cannot be read.

use std::rc::Rc;

use flightpath_school::journal::block::{
    is_of_long_ago, is_of_markbook, is_of_markbook_in, part_of, parts_of_list,
};
use flightpath_school::journal::stored::{self, Stored};
use flightpath_school::journal::{Effect, School, Step};
use flightpath_school::model::AcademicYear;
use flightpath_school::view;
use flightpath_store::marker::{self, Marker};
use flightpath_store::{
    Contents, DATABASE_NAME, IndexedDbStore, Loaded, Parts, Store, StoreError, StoreErrorKind,
    StoreEvent,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::copy::{Lacks, Twice};
use super::saving::{Saved, Unsaved};
use super::{App, Phase, Shut, tabs};
use crate::platform::page;

/// The school that stored parts and steps make.
#[derive(Default)]
pub(super) struct Rebuilt {
    school: School,
    steps: Vec<Step>,
    /// Names of parts that are to be written anew, because what they hold stands in an old form.
    outdated: Vec<String>,
    /// Whether everything could be read; nothing is used of a part that could not.
    whole: bool,
}

impl Rebuilt {
    pub(super) fn of(contents: &Contents) -> Rebuilt {
        let mut rebuilt = Rebuilt {
            whole: true,
            ..Rebuilt::default()
        };
        for (name, body) in &contents.chunks {
            let joined = stored::read(body).is_ok_and(|part| {
                rebuilt.outdated.extend(outdated(name, &part));
                part.block.join_into(&mut rebuilt.school).is_ok()
            });
            rebuilt.whole &= joined;
        }
        for entry in &contents.log {
            match Step::from_json(&entry.body) {
                Ok(step) => rebuilt.steps.push(step),
                Err(_) => rebuilt.whole = false,
            }
        }
        rebuilt
    }

    /// Whether everything could be read.
    pub(super) fn is_whole(&self) -> bool {
        self.whole
    }

    /// The school with its steps carried out, without what could not be read.
    pub(super) fn into_school(mut self) -> School {
        for step in &self.steps {
            self.school.apply(step);
        }
        self.school
    }
}

/// What the page has read ahead and shows.
struct Ahead {
    shown: Vec<String>,
    /// What only this year's markbooks need, read when everything else of this year is on screen.
    marks: Vec<String>,
    /// Parts of years long ago and the markbooks of other years, which are read last.
    later: Vec<String>,
}

/// Waits until it is so.
pub(super) async fn until(is_so: impl Fn() -> bool) {
    const LOOKING_MS: i32 = 20;
    while !is_so() {
        page::rest(LOOKING_MS).await;
    }
}

/// What has to be written anew for a part in an old form: it, and where its columns belong today.
fn outdated(name: &str, part: &Stored) -> Vec<String> {
    if !part.is_old {
        return Vec::new();
    }
    let mut parts = vec![name.to_owned()];
    parts.extend(part.block.keys().map(|key| part_of(&key)));
    parts
}

impl App {
    /// Opens the store and shows what is in it.
    pub fn open(&self) {
        let app = *self;
        spawn_local(async move {
            // What the page has read meanwhile is shown without waiting for a connection.
            let ahead = app.show_list(IndexedDbStore::read_ahead(DATABASE_NAME).await);
            if ahead.is_some() {
                page::painted().await;
            }
            let opened = IndexedDbStore::open(DATABASE_NAME, move |event| match event {
                StoreEvent::Blocked => app.phase.set(Phase::Shut(Shut::Blocked)),
                StoreEvent::NewerVersionWanted | StoreEvent::ClosedByBrowser => {
                    app.let_go.set(true);
                    app.saved.update(|saved| {
                        if *saved != Saved::All {
                            *saved = Saved::Not(Unsaved::Closed);
                        }
                    });
                }
            })
            .await;
            match opened {
                Ok((store, _)) => app.load_from(Rc::new(store), ahead).await,
                Err(error) => app.phase.set(Phase::Shut(shut_by(&error))),
            }
        });
    }

    async fn load_from(self, store: Rc<IndexedDbStore>, ahead: Option<Ahead>) {
        let _ = self.core.try_update_value(|core| {
            core.pending.set_store(Rc::clone(&store));
        });
        // Before anything is read, so that nothing is missed that another tab stores meanwhile.
        tabs::listen(self);
        let whole = match ahead {
            Some(ahead) => self.load_rest(ahead, &store).await,
            None => false,
        };
        if whole {
            self.all_here.set(true);
            self.compare_soon(store, Lacks::Nothing);
        } else {
            let loaded = store.load().await;
            self.take_loaded(loaded, store).await;
        }
        self.catch_up().await;
        self.note_year();
    }

    /// Shows the list of pupils of what was read ahead, and says which parts those are. Nothing is
    /// shown where it is not whole, or does not answer what the list asks: then everything has to be
    /// read as one.
    fn show_list(&self, ahead: Option<(Vec<String>, Loaded)>) -> Option<Ahead> {
        let Some((shown, Loaded::Whole(contents))) = ahead else {
            return None;
        };
        let rebuilt = Rebuilt::of(&contents);
        // Steps join what comes later, all but the undoing of a merge: it may set back what stands in
        // a part that is not here yet.
        let within = rebuilt
            .steps
            .iter()
            .filter(|step| step.effect() == Effect::SetBack)
            .flat_map(Step::columns)
            .all(|column| shown.contains(&part_of(&column.key)));
        let year = view::setting(&rebuilt.school).year?;
        if !rebuilt.whole || !within || !parts_of_list(year).iter().all(|part| shown.contains(part))
        {
            return None;
        }
        let stored = contents.manifest.chunks.iter().map(|chunk| &chunk.key);
        let not_now = stored.filter(|part| is_of_markbook(part) || is_of_long_ago(part, year));
        let (marks, later) = not_now
            .cloned()
            .partition(|part| is_of_markbook_in(part, year));
        self.take_rebuilt(rebuilt, &contents);
        self.list_here.set(true);
        self.refresh();
        Some(Ahead {
            shown,
            marks,
            later,
        })
    }

    /// Reads what this year needs besides the parts that are shown already, then its markbooks, then the years before.
    /// Whether everything came and fits together: else it has to be read anew, as one.
    async fn load_rest(self, ahead: Ahead, store: &IndexedDbStore) -> bool {
        let Ahead {
            mut shown,
            marks,
            later,
        } = ahead;
        shown.extend(marks.iter().chain(&later).cloned());
        if !self.join_parts(&Parts::Without(shown), store).await {
            return false;
        }
        self.phase.set(Phase::Ready);
        self.settle();
        self.refresh();
        for parts in [marks, later] {
            if !parts.is_empty() {
                page::painted().await;
                if !self.join_parts(&Parts::Just(parts), store).await {
                    return false;
                }
                self.refresh();
            }
            // The first of the two.
            self.marks_here.set(true);
        }
        true
    }

    /// Whether the assessments and marks of a year have been read; followed, so that a markbook opened before shows
    /// them when they have come. Nothing may be written to a markbook until then.
    pub fn markbook_here(&self, year: AcademicYear) -> bool {
        let own = self.setting().year;
        self.all_here.get() || (self.marks_here.get() && own == Some(year))
    }

    async fn join_parts(self, parts: &Parts, store: &IndexedDbStore) -> bool {
        let Ok(Loaded::Whole(rest)) = store.load_parts(parts).await else {
            return false;
        };
        let joined = self.core.try_update_value(|core| {
            rest.manifest.generation == core.pending.generation()
                && rest.chunks.iter().all(|(name, body)| {
                    stored::read(body).is_ok_and(|part| {
                        for part in outdated(name, &part) {
                            core.pending.dirty(part);
                        }
                        core.join(&part.block)
                    })
                })
        });
        joined == Some(true)
    }

    /// Waits until the years before are here as well: for what needs the whole school.
    pub(super) async fn all_read(self) {
        until(|| self.all_here.get_untracked()).await;
    }

    /// Waits until it is known whether the two copies are level.
    pub(super) async fn compared(self) {
        until(|| self.twice.get_untracked() != Twice::Comparing).await;
    }

    /// Compares with the second copy what is on screen already.
    fn compare_soon(self, store: Rc<IndexedDbStore>, lacks: Lacks) {
        spawn_local(async move {
            if let Some(phase) = self.compare(store, lacks).await {
                self.come_to(phase);
            }
        });
    }

    /// Shows what was read as one; what is not whole only after the second copy was asked.
    async fn take_loaded(self, loaded: Result<Loaded, StoreError>, store: Rc<IndexedDbStore>) {
        let phase = match loaded {
            Err(error) => Phase::Shut(shut_by(&error)),
            Ok(Loaded::Whole(contents)) => {
                let whole = self.take_contents(&contents);
                self.compare_soon(store, Lacks::Nothing);
                if whole { Phase::Ready } else { damaged(1) }
            }
            Ok(Loaded::Fresh) => {
                let vanished = marker::marker() == Marker::SchoolExisted;
                let phase = if vanished {
                    self.compare(store, Lacks::Vanished).await
                } else {
                    self.compare_soon(store, Lacks::School);
                    None
                };
                phase.unwrap_or(Phase::Empty { vanished })
            }
            Ok(Loaded::Damaged { salvage, problems }) => {
                match self.compare(store, Lacks::Parts).await {
                    Some(phase) => phase,
                    None => {
                        self.take_contents(&salvage);
                        damaged(problems.len())
                    }
                }
            }
        };
        self.come_to(phase);
    }

    fn come_to(self, phase: Phase) {
        self.all_here.set(true);
        self.phase.set(phase);
        self.settle();
        self.refresh();
        // All of it was undone: it can be done again, and nothing else is in the way of reading that.
        if matches!(self.phase.get_untracked(), Phase::Empty { .. }) {
            spawn_local(self.read_history());
        }
    }

    pub(super) fn take_contents(&self, contents: &Contents) -> bool {
        let rebuilt = Rebuilt::of(contents);
        let whole = rebuilt.whole;
        self.take_rebuilt(rebuilt, contents);
        whole
    }

    fn take_rebuilt(&self, rebuilt: Rebuilt, contents: &Contents) {
        let _ = self.core.try_update_value(|core| {
            core.replace(rebuilt.school, rebuilt.steps);
            for part in rebuilt.outdated {
                core.pending.dirty(part);
            }
            core.pending.stands_at(contents);
            // What was done since this year was on screen.
            core.reapply_waiting();
        });
    }
}

/// A part of a damaged store is shown, and there is no way on from it here.
pub(super) fn damaged(faults: usize) -> Phase {
    Phase::Damaged { faults, left: None }
}

fn shut_by(error: &StoreError) -> Shut {
    match error.kind {
        StoreErrorKind::NewerDatabase { .. } => Shut::Newer,
        StoreErrorKind::Unavailable => Shut::Unavailable,
        _ => Shut::Unreadable,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use flightpath_school::journal::block::Block;
    use flightpath_school::journal::{Action, Draft, StepInfo};
    use flightpath_school::model::{ColumnKey, Dot, Field, Id, Moment, ReplicaId, Value};

    use super::*;

    fn school() -> School {
        let mut draft = Draft::default();
        for (field, value) in [
            (Field::Surname, "O'Neill"),
            (Field::ClassName, "8B/Ma"),
            (Field::SubjectName, "Maths"),
        ] {
            draft.write(ColumnKey::lasting(field), Id(1), Value::text(value));
        }
        let info = StepInfo {
            dot: Dot {
                replica: ReplicaId(Id(1)),
                sequence: 1,
            },
            author: String::new(),
            at: Moment(0),
            action: Action::EditPupils,
            reason: None,
        };
        let mut school = School::default();
        let step = school.step(&draft, info).unwrap();
        school.apply(&step);
        school
    }

    fn rebuilt(chunks: Vec<(&str, Vec<u8>)>) -> Rebuilt {
        Rebuilt::of(&Contents {
            chunks: chunks
                .into_iter()
                .map(|(name, body)| (name.to_owned(), body))
                .collect(),
            ..Contents::default()
        })
    }

    #[test]
    fn what_an_earlier_release_stored_is_read_and_due_to_be_written_anew() {
        let school = school();
        // All of this lay in one part then, as JSON.
        let old = serde_json::to_vec(&Block::of(&school, |_| true)).unwrap();
        let mut read = rebuilt(vec![("lasting", old)]);
        assert!(read.whole);
        assert_eq!(read.school.cells_in_order(), school.cells_in_order());
        read.outdated.sort();
        read.outdated.dedup();
        assert_eq!(read.outdated, ["classes", "lasting"]);
    }

    #[test]
    fn what_this_release_stored_is_due_for_nothing() {
        let school = school();
        let part = |name: &str| {
            let block = Block::of(&school, |key| part_of(key) == name);
            stored::write(&block).unwrap()
        };
        let read = rebuilt(vec![
            ("classes", part("classes")),
            ("lasting", part("lasting")),
        ]);
        assert!(read.whole && read.outdated.is_empty());
        assert_eq!(read.school.cells_in_order(), school.cells_in_order());
        let read = rebuilt(vec![
            ("classes", part("classes")),
            ("lasting", b"\x02".to_vec()),
        ]);
        assert!(!read.whole, "a form of a later release");
    }
}
