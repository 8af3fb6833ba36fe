//! What the table of targets that are no grades shows, and the one way to change them.

use std::collections::{BTreeMap, BTreeSet};

use flightpath_school::journal::{Action, Draft};
use flightpath_school::model::Id;
use flightpath_school::policy::{OtherTarget, OtherTargetKind};
use flightpath_school::view::Pupil;
use flightpath_school::view::other_targets::{
    NotTaken, OtherEdit, OtherState, OtherTargetRow, begin, fill_in, other_targets, take_away,
    without,
};
use leptos::prelude::*;

use crate::app::App;
use crate::platform::random;
use crate::ui::screens::targets::scene::Scene;

/// So many rows are drawn at a time.
pub const PORTION: usize = 150;

/// Which of the pupils stand in the table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Which {
    /// Everyone.
    #[default]
    All,
    /// Those without a target of the kind.
    Without,
    /// Those with one that is not agreed yet.
    NotAgreed,
}

/// One row: a target of a pupil, or the empty one in which the pupil's next is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The row of the target, there or to come.
    pub id: Id,
    /// The pupil.
    pub pupil: Id,
    /// Surname, forename.
    pub name: String,
    /// Form.
    pub form: String,
    /// The pupil's attendance, where the kind is about it, in thousandths of a per cent.
    pub now: Option<i64>,
    /// What is set; nothing while nothing was written.
    pub target: Option<OtherTargetRow>,
}

/// How many pupils have come how far with a kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Pupils of the choice.
    pub pupils: usize,
    /// Those without a target.
    pub without: usize,
    /// Targets that are set and not agreed.
    pub waiting: usize,
    /// Targets that are met.
    pub met: usize,
}

/// What the parts of the screen share.
#[derive(Clone, Copy)]
pub struct Board {
    app: App,
    /// The pupils of the choice.
    pub scene: Memo<Scene>,
    /// The kind that is looked at.
    pub kind: Memo<Option<OtherTarget>>,
    /// Which pupils are shown.
    pub which: RwSignal<Which>,
    /// How many rows are drawn at most.
    pub limit: RwSignal<usize>,
    rows: Memo<Vec<OtherTargetRow>>,
    shown: Memo<Vec<Pupil>>,
    /// Pupils who get an empty row besides what they have.
    more: RwSignal<BTreeSet<Id>>,
    /// The rows that are kept ready for the next target of each pupil and kind: a row that is written keeps
    /// its place on screen, and the focus in it.
    ready: StoredValue<BTreeMap<(Id, String), Id>>,
    /// All rows of the choice.
    pub lines: Memo<Vec<Line>>,
}

impl Board {
    /// The board of a kind.
    pub fn new(app: App, scene: Memo<Scene>, kind: Memo<Option<OtherTarget>>) -> Board {
        let which = RwSignal::new(Which::default());
        let limit = RwSignal::new(PORTION);
        let more = RwSignal::new(BTreeSet::new());
        let ready = StoredValue::new(BTreeMap::new());
        let rows = Memo::new(move |_| {
            let year = app.year();
            let key = kind.with(|kind| kind.as_ref().map(|kind| kind.key.clone()));
            let mut rows = app.read(|school| other_targets(school, year));
            rows.retain(|row| Some(&row.kind) == key.as_ref());
            rows
        });
        // Who is narrowed to stays in the table while it is filled in, so what is written is not followed.
        let shown = Memo::new(move |_| {
            let which = which.get();
            scene.with(|scene| {
                kind.with(|kind| {
                    let Some(kind) = kind else { return Vec::new() };
                    rows.with_untracked(|rows| chosen(which, kind, &scene.pupils, rows))
                })
            })
        });
        let lines = Memo::new(move |_| {
            let now = kind.with(|kind| {
                kind.as_ref()
                    .is_some_and(|kind| kind.kind == OtherTargetKind::Attendance)
            });
            let key = kind.with(|kind| kind.as_ref().map(|kind| kind.key.clone()));
            let key = key.unwrap_or_default();
            more.with(|more| {
                rows.with(|rows| {
                    let mut theirs: BTreeMap<Id, Vec<&OtherTargetRow>> = BTreeMap::new();
                    for row in rows {
                        theirs.entry(row.pupil).or_default().push(row);
                    }
                    let line = |pupil: &Pupil| {
                        let own = theirs.get(&pupil.id).map_or(&[][..], Vec::as_slice);
                        lines_of(pupil, now, &key, own, more, ready)
                    };
                    shown.with(|shown| shown.iter().flat_map(line).collect())
                })
            })
        });
        Board {
            app,
            scene,
            kind,
            which,
            limit,
            rows,
            shown,
            more,
            ready,
            lines,
        }
    }

    /// How far the pupils of the choice have come.
    pub fn tally(&self) -> Tally {
        self.rows.with(|rows| {
            self.scene.with(|scene| {
                let theirs: BTreeSet<Id> = scene.pupils.iter().map(|pupil| pupil.id).collect();
                let in_state = |state| {
                    let counts = |row: &&OtherTargetRow| {
                        row.is_set() && row.state == state && theirs.contains(&row.pupil)
                    };
                    rows.iter().filter(counts).count()
                };
                let none = self.kind.with(|kind| {
                    let kind = kind.as_ref()?;
                    Some(without(kind, &scene.pupils, rows).count())
                });
                Tally {
                    pupils: scene.pupils.len(),
                    without: none.unwrap_or_default(),
                    waiting: in_state(OtherState::Set),
                    met: in_state(OtherState::Met),
                }
            })
        })
    }

    /// The targets of the choice.
    pub fn theirs(&self) -> Vec<OtherTargetRow> {
        self.scene.with_untracked(|scene| {
            let theirs: BTreeSet<Id> = scene.pupils.iter().map(|pupil| pupil.id).collect();
            self.rows.with_untracked(|rows| {
                let of_them = rows.iter().filter(|row| theirs.contains(&row.pupil));
                of_them.cloned().collect()
            })
        })
    }

    /// Fills something in; begins the target where it is the first thing.
    pub fn fill_in(&self, line: &Line, edit: &OtherEdit) -> Result<(), NotTaken> {
        let Some(kind) = self.kind.try_get_untracked().flatten() else {
            return Ok(());
        };
        let year = untrack(|| self.app.year());
        let mut draft = Draft::default();
        if line.target.is_none() {
            begin(&mut draft, year, &kind, line.pupil, line.id);
        }
        fill_in(&mut draft, &kind, line.id, edit)?;
        self.app.dispatch(Action::OtherTargets, &draft);
        if line.target.is_none() {
            // The row that was asked for is written now.
            let _ = self.more.try_update(|more| more.remove(&line.pupil));
        }
        Ok(())
    }

    /// Takes a target away.
    pub fn take_away(&self, line: &Line) {
        let mut draft = Draft::default();
        self.app
            .peek(|school| take_away(&mut draft, school, line.id));
        self.app.dispatch(Action::OtherTargets, &draft);
    }

    /// Gives a pupil an empty row for one more; its id.
    pub fn add(&self, pupil: Id) -> Option<Id> {
        self.more.update(|more| {
            more.insert(pupil);
        });
        let key = self
            .kind
            .with_untracked(|kind| Some(kind.as_ref()?.key.clone()))?;
        // The row gets its id when the lines are made.
        self.lines.with_untracked(|_| ());
        self.ready
            .with_value(|ready| ready.get(&(pupil, key)).copied())
    }

    /// The rows that are drawn, in order.
    pub fn drawn(&self) -> Vec<Id> {
        let limit = self.limit.get();
        self.lines
            .with(|lines| lines.iter().take(limit).map(|line| line.id).collect())
    }

    /// One row.
    pub fn line(&self, id: Id) -> Option<Line> {
        self.lines
            .with(|lines| lines.iter().find(|line| line.id == id).cloned())
    }

    /// Follows who is shown.
    pub fn track_shown(&self) {
        self.shown.track();
    }
}

fn chosen(
    which: Which,
    kind: &OtherTarget,
    pupils: &[Pupil],
    rows: &[OtherTargetRow],
) -> Vec<Pupil> {
    match which {
        Which::All => pupils.to_vec(),
        Which::Without => without(kind, pupils, rows).cloned().collect(),
        Which::NotAgreed => {
            let waits = |row: &&OtherTargetRow| row.is_set() && row.state == OtherState::Set;
            let waiting: BTreeSet<Id> = rows.iter().filter(waits).map(|row| row.pupil).collect();
            let theirs = pupils.iter().filter(|pupil| waiting.contains(&pupil.id));
            theirs.cloned().collect()
        }
    }
}

fn lines_of(
    pupil: &Pupil,
    now: bool,
    kind: &str,
    own: &[&OtherTargetRow],
    more: &BTreeSet<Id>,
    ready: StoredValue<BTreeMap<(Id, String), Id>>,
) -> Vec<Line> {
    let line = |id, target| Line {
        id,
        pupil: pupil.id,
        name: pupil.name(),
        form: pupil.form.clone(),
        now: pupil.attendance.filter(|_| now),
        target,
    };
    let mut lines: Vec<Line> = own
        .iter()
        .map(|row| line(row.id, Some((*row).clone())))
        .collect();
    if lines.is_empty() || more.contains(&pupil.id) {
        let key = (pupil.id, kind.to_owned());
        let id = ready.try_update_value(|ready| {
            let held = ready.get(&key).copied();
            let free = held.filter(|held| own.iter().all(|row| row.id != *held));
            let id = free.unwrap_or_else(random::id);
            ready.insert(key, id);
            id
        });
        lines.extend(id.map(|id| line(id, None)));
    }
    lines
}
