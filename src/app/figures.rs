//! The open national figures: fetched from the program's own host when they are first needed, and kept from then on.

use flightpath_school::national::Figures;
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

use super::copy::Soon;
use super::{App, Missing};
use crate::platform::beside;

#[wasm_split(teaching, wasm_split_path = ::leptos::wasm_split, fallible)]
fn fetching() -> Result<Soon<'static, Option<&'static Figures>>, Missing> {
    Ok(Box::pin(fetched()))
}

async fn fetched() -> Option<&'static Figures> {
    let mut documents = [const { String::new() }; Figures::DOCUMENTS.len()];
    for (document, name) in documents.iter_mut().zip(Figures::DOCUMENTS) {
        *document = beside::text(&format!("{name}.json")).await?;
    }
    let figures = Figures::read(documents.each_ref().map(String::as_str)).ok()?;
    // Read once, and kept for as long as the program runs.
    Some(Box::leak(Box::new(figures)))
}

impl App {
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
