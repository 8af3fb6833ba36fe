//! Taking files and pastes, and having the worker read them.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use flightpath_exchange::mapping::Mapping;
use flightpath_exchange::plan::Given;
use flightpath_exchange::table::{MOST_BYTES, ReadError, ReadOptions, Table};
use flightpath_worker::protocol::Ask;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Desk, Opened, Progress, Source, Trouble, facts, next};
use crate::platform::files;
use crate::platform::worker::{self, Heard};

impl Desk {
    /// Takes files: the first is read now, the others wait.
    pub fn take_files(&self, files: Vec<web_sys::File>) {
        let mut files = files.into_iter();
        if let Some(first) = files.next() {
            self.waiting.set(files.collect());
            self.take_file(first);
        }
    }

    /// Goes on with the next file that waits.
    pub fn take_next(&self) {
        let next = self
            .waiting
            .try_update(|waiting| (!waiting.is_empty()).then(|| waiting.remove(0)))
            .flatten();
        if let Some(next) = next {
            self.take_file(next);
        }
    }

    fn take_file(&self, file: web_sys::File) {
        self.clear();
        self.name.set(file.name());
        // Told before the file is read into memory.
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a size is a whole number, and a conversion from floats keeps to the range"
        )]
        let bytes = file.size() as usize;
        if bytes > MOST_BYTES {
            let most = MOST_BYTES;
            self.fail(Trouble::File(ReadError::TooLarge { bytes, most }));
            return;
        }
        self.progress.set(Progress::Busy(None));
        let (desk, round) = (*self, self.next_round());
        spawn_local(async move {
            let given = files::read(file).await;
            if desk.round.try_get_value() != Some(round) {
                return;
            }
            match given {
                Ok(incoming) => {
                    desk.source.set(Some(Rc::new(Source::File {
                        name: incoming.name,
                        bytes: incoming.bytes,
                    })));
                    desk.read();
                }
                Err(_) => desk.fail(Trouble::NotGiven),
            }
        });
    }

    /// Takes a paste.
    pub fn take_paste(&self, text: String) {
        self.clear();
        self.waiting.set(Vec::new());
        self.name.set(String::new());
        self.source.set(Some(Rc::new(Source::Paste(text))));
        self.read();
    }

    pub(super) fn next_round(&self) -> u32 {
        next(self.round)
    }

    fn fail(&self, trouble: Trouble) {
        self.reading.set_value(None);
        self.progress.set(Progress::Failed(trouble));
    }

    /// Reads the file anew with other choices about it.
    pub fn choose(&self, change: impl FnOnce(&mut ReadOptions)) {
        self.options.update(change);
        self.read();
    }

    fn read(&self) {
        let Some(source) = self.source.get_untracked() else {
            return;
        };
        let options = self.options.get_untracked();
        self.progress.set(Progress::Busy(None));
        let (desk, round) = (*self, self.next_round());
        let tell = move |heard| {
            if desk.round.try_get_value() == Some(round) {
                desk.hear(heard);
            }
        };
        let started = match source.as_ref() {
            Source::File { bytes, .. } => worker::read(Ask::Read { options }, Some(bytes), tell),
            Source::Paste(text) => {
                let text = text.clone();
                worker::read(Ask::ReadText { text, options }, None, tell)
            }
        };
        match started {
            Ok(reading) => self.reading.set_value(Some(reading)),
            Err(trouble) => self.fail(trouble),
        }
    }

    fn hear(&self, heard: Heard) {
        match heard {
            Heard::Stage(stage) => self.progress.set(Progress::Busy(Some(stage))),
            Heard::Failed(trouble) => self.fail(trouble),
            Heard::Table(table) => {
                self.reading.set_value(None);
                self.show(*table);
            }
        }
    }

    /// Puts a file on the desk that was read, for the first time or in another way.
    fn show(&self, table: Table) {
        let name = self
            .source
            .with_untracked(|source| source.as_ref().map(|source| source.name().to_owned()))
            .unwrap_or_default();
        let same_headers = self.file.with_untracked(|file| {
            file.as_ref().is_some_and(|file| {
                file.table.source_id() == table.source_id() && file.table.width() == table.width()
            })
        });
        // Another encoding of the same columns takes nothing back that was chosen about them.
        if !same_headers {
            let found = self
                .app
                .core
                .try_with_value(|core| {
                    Mapping::remembered(&table, core.school())
                        .map(|mapping| (mapping, true))
                        .unwrap_or_else(|| (self.guess(core, &table), false))
                })
                .unwrap_or_default();
            self.mapping.set(found.0);
            self.remembered.set(found.1);
            self.scales_chosen.set(BTreeSet::new());
        }
        self.answers.set(BTreeMap::new());
        self.approval.set(Given::default());
        self.planned.set(None);
        self.file.set(Some(Rc::new(Opened {
            columns: facts::of(&table),
            name,
            table,
        })));
        self.progress.set(Progress::Open);
    }
}
