//! Files of the whole school: out, and in again.

use flightpath_exchange::own_file::{self, Header, OwnFileError, Writer};
use flightpath_school::journal::block::Block;
use flightpath_school::journal::{Action, School, StepInfo};
use flightpath_school::model::{Id, Table};
use flightpath_school::view;
use flightpath_store::{Loaded, StoreErrorKind, read_rescue_file};
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

use super::copy::{Earlier, Missing, Soon, setting_back};
use super::loading::Rebuilt;
use super::{App, Notice};
use crate::platform::{clock, files};

/// A file that was read and waits for the word to go.
pub struct Opening {
    /// What the file says of itself; nothing for a rescue file.
    pub header: Option<Header>,
    /// Name of the file.
    pub file: String,
    /// Pupils in it.
    pub pupils: usize,
    /// Whether there are pupils here, and none of the file's is among them.
    pub of_others: bool,
    /// What the file is known to lack, where a browser had lost it in both copies.
    pub lacks: Option<LeftOut>,
    school: School,
    steps: Vec<StepInfo>,
}

/// What a rescue file of a damaged store is known to lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// So many of the last changes.
    Changes(u64),
    /// Parts of the state, of which nobody can say how many changes they were.
    Parts,
}

/// Why a file is not opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotOpened {
    /// The file itself says no.
    File(OwnFileError),
    /// It is a rescue file of a store that was damaged beyond use: nothing of a school can be read in it.
    RescueDamaged,
    /// It holds nothing that this school does not have.
    NothingNew,
    /// Changes are not taken now.
    Locked,
}

impl App {
    /// Reads a Flightpath file, or a rescue file, without using anything of it yet.
    ///
    /// # Errors
    /// Why it is not opened: nothing has changed then.
    pub async fn look_into(self, file: String, bytes: &[u8]) -> Result<Opening, NotOpened> {
        self.all_read().await;
        let (header, (school, lacks), steps) = match own_file::read(bytes) {
            Ok((header, body)) => {
                let mut school = School::default();
                body.cells
                    .join_into(&mut school)
                    .map_err(|unsound| NotOpened::File(unsound.into()))?;
                (Some(header), (school, None), body.steps)
            }
            Err(OwnFileError::Foreign) => {
                let school = rescuing(bytes.to_vec()).await;
                (None, school.unwrap_or(Err(NotOpened::Locked))?, Vec::new())
            }
            Err(error) => return Err(NotOpened::File(error)),
        };
        let of_others = self.peek(|here| {
            let mut theirs = school.rows(Table::Pupils).iter();
            let here_is = |id: &Id| here.position(Table::Pupils, *id).is_some();
            theirs.len() > 0 && !here.rows(Table::Pupils).is_empty() && !theirs.any(here_is)
        });
        Ok(Opening {
            pupils: view::pupils::count(&school),
            of_others,
            lacks,
            header,
            file,
            school,
            steps,
        })
    }

    /// Sets everything back to what a file holds, as one step that can be undone: how many cells changed.
    ///
    /// # Errors
    /// Where all is so already, or changes are not taken now.
    pub async fn set_back_to(self, opening: Opening) -> Result<usize, NotOpened> {
        if !self.can_change() {
            return Err(NotOpened::Locked);
        }
        let made = opening.header.map_or(clock::now(), |header| header.written);
        let earlier = Earlier::of_backup(opening.file, made, opening.school);
        match setting_back(self, earlier).await {
            Ok(cells) => cells.ok_or(NotOpened::NothingNew),
            Err(Missing) => Err(NotOpened::Locked),
        }
    }

    /// Takes a file in, as one step that can be undone.
    ///
    /// # Errors
    /// Where it holds nothing new, or changes are not taken now.
    pub fn take_in(&self, opening: Opening) -> Result<usize, NotOpened> {
        if !self.can_change() {
            return Err(NotOpened::Locked);
        }
        let author = self.author();
        let cells = self
            .core
            .try_update_value(|core| {
                let action = Action::OpenFile { file: opening.file };
                let info = core.next_info(author, clock::now(), action, None);
                let mut step = core.school().merging(&opening.school, info)?;
                step.brought = opening.steps;
                let cells = step.cell_count();
                core.carry_out(step)?;
                Some(cells)
            })
            .flatten()
            .ok_or(NotOpened::NothingNew)?;
        self.changed();
        Ok(cells)
    }

    /// Hands the person the whole school as one file.
    pub async fn export_school(self) -> Result<(), OwnFileError> {
        let bytes = self.write_school().await?;
        let name = format!("flightpath-{}.json", clock::today());
        if self.hand_over(&name, "application/json", &bytes) {
            let now = clock::now();
            self.prefs.update(|prefs| prefs.taken_out_ms = Some(now.0));
        }
        Ok(())
    }

    /// The whole school as a file.
    async fn write_school(self) -> Result<Vec<u8>, OwnFileError> {
        self.all_read().await;
        self.read_history().await;
        self.core
            .try_with_value(|core| {
                let school = core.school();
                let cells = Block::of(school, |_| true);
                let dots = cells.dots();
                let mut steps: Vec<StepInfo> = core
                    .steps()
                    .iter()
                    .flat_map(|step| {
                        std::iter::once(step.info.clone()).chain(step.brought.iter().cloned())
                    })
                    .filter(|info| dots.contains(&info.dot))
                    .collect();
                steps.sort_by_key(|info| info.dot);
                steps.dedup_by_key(|info| info.dot);
                own_file::write(
                    cells,
                    steps,
                    Writer {
                        release: env!("CARGO_PKG_VERSION").to_owned(),
                        author: self.author(),
                        written: clock::now(),
                        school: view::setting(school).name,
                        pupils: view::pupils::count(school),
                    },
                )
            })
            .unwrap_or_else(|| Err(OwnFileError::NotWritten(String::new())))
    }

    /// Hands the person a file. Whether the browser took it; where it goes is the person's choice.
    pub fn hand_over(&self, name: &str, media_type: &str, bytes: &[u8]) -> bool {
        let taken = files::download(name, media_type, bytes).is_ok();
        if taken {
            self.notice.set(Some(Notice::Exported {
                file: name.to_owned(),
            }));
        }
        taken
    }

    /// How many days ago the school was last taken out as a file; nothing where it never was.
    pub fn days_since_taken_out(&self) -> Option<i64> {
        const DAY_MS: i64 = 86_400_000;
        let then = self.prefs.with(|prefs| prefs.taken_out_ms)?;
        // A clock that went backwards makes no file of the future.
        Some(clock::now().0.saturating_sub(then).max(0) / DAY_MS)
    }
}

/// The school in a rescue file, and what of it is missing there. It takes what compares the two copies of a school, so
/// it is a part of that.
#[wasm_split(keeping, wasm_split_path = ::leptos::wasm_split, fallible)]
fn rescuing(bytes: Vec<u8>) -> Result<Result<(School, Option<LeftOut>), NotOpened>, Missing> {
    Ok(rescued(&bytes))
}

/// The whole school as a file, from another part of the program.
#[wasm_split(files, wasm_split_path = ::leptos::wasm_split, fallible)]
fn writing(app: App) -> Result<Soon<'static, Option<Vec<u8>>>, Missing> {
    Ok(Box::pin(async move { app.write_school().await.ok() }))
}

/// The whole school as a file; nothing where the part that writes it could not be fetched.
pub(super) async fn school_file(app: App) -> Option<Vec<u8>> {
    writing(app).await.ok()?.await
}

fn rescued(bytes: &[u8]) -> Result<(School, Option<LeftOut>), NotOpened> {
    let rescued = read_rescue_file(bytes).map_err(|error| match error.kind {
        StoreErrorKind::NotARescueFile => NotOpened::File(OwnFileError::Foreign),
        _ => NotOpened::RescueDamaged,
    })?;
    let (contents, lacks) = match rescued.loaded {
        Loaded::Whole(contents) => (contents, None),
        Loaded::Fresh => return Err(NotOpened::NothingNew),
        Loaded::Damaged { salvage, .. } => {
            let lacks = rescued.missing.map_or(LeftOut::Parts, LeftOut::Changes);
            (salvage, Some(lacks))
        }
    };
    let rebuilt = Rebuilt::of(&contents);
    let lacks = lacks.or((!rebuilt.is_whole()).then_some(LeftOut::Parts));
    let school = rebuilt.into_school();
    if school.cells_in_order().is_empty() && lacks.is_some() {
        return Err(NotOpened::RescueDamaged);
    }
    Ok((school, lacks))
}
