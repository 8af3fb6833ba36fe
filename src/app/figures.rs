//! The open national figures: fetched from the program's own host when they are first needed, and kept from then on.

use std::cell::Cell;
use std::rc::Rc;

use flightpath_exchange::published::{PublishedProblem, transition_matrices};
use flightpath_exchange::table::{ReadOptions, Table};
use flightpath_school::journal::{Action, Draft};
use flightpath_school::model::Id;
use flightpath_school::national::{Figures, FiguresError};
use flightpath_school::view::{choose_figures, load_figures};
use flightpath_worker::protocol::Ask;
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

use super::copy::Soon;
use super::import::Trouble;
use super::{App, Missing, Notice};
use crate::platform::worker::{self, Heard, NoAnswer};
use crate::platform::{beside, files, page};

/// How often it is looked whether a file was read.
const LOOKING_MS: i32 = 20;

/// Why figures were not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FiguresFault {
    /// The file could not be read.
    File(Trouble),
    /// It could be, and is not what the Department publishes, or something in it cannot be read. Nothing was taken.
    Content(Vec<PublishedProblem>),
    /// Its numbers do not fit together.
    Uneven(FiguresError),
    /// They are here already, or changes are not taken now.
    NothingNew,
}

#[wasm_split(teaching, wasm_split_path = ::leptos::wasm_split, fallible)]
fn fetching() -> Result<Soon<'static, Option<&'static Figures>>, Missing> {
    Ok(Box::pin(fetched()))
}

async fn fetched() -> Option<&'static Figures> {
    // All are on their way before the first is waited for.
    let asked = Figures::DOCUMENTS.map(|name| beside::ask(&format!("{name}.json")));
    let mut documents = [const { String::new() }; Figures::DOCUMENTS.len()];
    for (document, asked) in documents.iter_mut().zip(asked) {
        *document = asked?.text().await?;
    }
    let figures = Figures::read(documents.each_ref().map(String::as_str)).ok()?;
    // Read once, and kept for as long as the program runs.
    Some(Box::leak(Box::new(figures)))
}

/// Reads a file in a worker of its own.
async fn table_of(file: web_sys::File) -> Result<Table, Trouble> {
    let incoming = files::read(file).await.map_err(|_| Trouble::NotGiven)?;
    let heard = Rc::new(Cell::new(None));
    let told = Rc::clone(&heard);
    let ask = Ask::Read {
        options: ReadOptions::default(),
    };
    let reading = worker::read(ask, Some(&incoming.bytes), move |now| {
        if !matches!(now, Heard::Stage(_)) {
            told.set(Some(now));
        }
    })?;
    let answer = loop {
        match heard.take() {
            Some(answer) => break answer,
            None => page::rest(LOOKING_MS).await,
        }
    };
    drop(reading);
    match answer {
        Heard::Table(table) => Ok(*table),
        Heard::Failed(trouble) => Err(trouble),
        Heard::Stage(_) => Err(Trouble::Worker(NoAnswer::Broke)),
    }
}

impl App {
    /// Takes in a file of national figures as the Department publishes it, as one step: all of it or nothing. The years
    /// that it holds, each once.
    ///
    /// # Errors
    /// A [`FiguresFault`].
    pub async fn load_figures(self, file: web_sys::File) -> Result<Vec<u16>, FiguresFault> {
        let name = file.name();
        let table = table_of(file).await.map_err(FiguresFault::File)?;
        let published = transition_matrices(&table, &name);
        if !published.problems.is_empty() {
            return Err(FiguresFault::Content(published.problems));
        }
        let mut draft = Draft::default();
        for document in &published.documents {
            let loaded = self
                .core
                .try_with_value(|core| load_figures(&mut draft, core.school(), document));
            if let Some(Err(error)) = loaded {
                return Err(FiguresFault::Uneven(error));
            }
        }
        let action = Action::LoadFigures { file: name };
        let step = self.dispatch(action.clone(), &draft);
        step.ok_or(FiguresFault::NothingNew)?;
        let cells = draft.len();
        self.notice.set(Some(Notice::Done { action, cells }));
        let mut years: Vec<u16> = published.documents.iter().map(|one| one.year).collect();
        years.dedup();
        Ok(years)
    }

    /// Goes by one of the publications on a scale that the school loaded; by the one that ships where none is named.
    pub fn choose_figures(self, scale: &str, chosen: Option<Id>) {
        let mut draft = Draft::default();
        self.peek(|school| choose_figures(&mut draft, school, scale, chosen));
        self.dispatch(Action::Settings, &draft);
    }

    /// Waits until the national figures are here, or cannot be had now. What is proposed goes by them from then on.
    pub async fn figures(self) {
        let here = |core: &super::Core| core.figures().is_some();
        if self.core.try_with_value(here) == Some(true) {
            return;
        }
        if let Ok(fetching) = fetching().await
            && let Some(figures) = fetching.await
        {
            let _ = self.core.try_update_value(|core| core.set_figures(figures));
            self.refresh();
        }
    }
}
