//! To and from the clipboard, as text and as a table.

use flightpath_grid::clip::{Spanning, Texts, outside, read, spread, unfolded, write};
use flightpath_grid::hands::Kind;
use flightpath_grid::{Block, Place};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DomParser, Element, SupportedType};

use crate::dom::{document, inside};
use crate::source::{Edit, Plan};
use crate::state::State;

/// Puts a block into a clipboard event.
pub fn copy(state: &State, block: Block, event: &ClipboardEvent) {
    let texts: Texts = block
        .rows()
        .map(|row| {
            block
                .columns()
                .map(|column| state.copied(Place::new(row, column)))
                .collect()
        })
        .collect();
    if let Some(data) = event.clipboard_data() {
        let _ = data.set_data("text/plain", &write(&texts));
        if let Some(table) = table_of(&texts) {
            let _ = data.set_data("text/html", &table.outer_html());
        }
        event.prevent_default();
    }
}

fn table_of(texts: &Texts) -> Option<Element> {
    let table = document()?.create_element("table").ok()?;
    let body = inside(&table, "tbody", "")?;
    for texts in texts {
        let row = inside(&body, "tr", "")?;
        for text in texts {
            inside(&row, "td", "")?.set_text_content(Some(text));
        }
    }
    Some(table)
}

/// What a clipboard event holds: its text, or its first table where it has none.
pub fn texts_of(event: &ClipboardEvent) -> Texts {
    let Some(data) = event.clipboard_data() else {
        return Texts::new();
    };
    let plain = data.get_data("text/plain").unwrap_or_default();
    if !plain.is_empty() {
        return read(&plain);
    }
    let html = data.get_data("text/html").unwrap_or_default();
    rows_of(&html).unwrap_or_default()
}

/// The cells of the first table of a page.
fn rows_of(html: &str) -> Option<Texts> {
    if html.is_empty() {
        return None;
    }
    let page = DomParser::new()
        .ok()?
        .parse_from_string(html, SupportedType::TextHtml)
        .ok()?;
    let table = page.query_selector("table").ok().flatten()?;
    let rows = table.query_selector_all("tr").ok()?;
    let mut table = Vec::new();
    for place in 0..rows.length() {
        let row: Element = rows.get(place)?.dyn_into().ok()?;
        let cells = row.children();
        let cells = (0..cells.length()).filter_map(|cell| spanning(&cells.item(cell)?));
        table.push(cells.collect());
    }
    Some(unfolded(table))
}

fn spanning(cell: &Element) -> Option<Spanning> {
    let span = |name: &str| cell.get_attribute(name).and_then(|span| span.parse().ok());
    Some(Spanning {
        text: cell.text_content()?.trim().to_owned(),
        rows: span("rowspan").unwrap_or(1),
        columns: span("colspan").unwrap_or(1),
    })
}

impl State {
    /// What is copied of a cell: what can be pasted into it again, where something can.
    fn copied(&self, place: Place) -> String {
        match self.at(place) {
            Some((row, column)) if self.source.kind(row, column) == Kind::Typed => {
                self.source.content(row, column)
            }
            _ => self.text(place),
        }
    }

    /// What pasting these texts would do.
    pub fn plan(&self, texts: &Texts) -> Plan {
        let Some(chosen) = self.hands.chosen() else {
            return Plan::default();
        };
        let cells = spread(texts, chosen);
        let mut plan = Plan {
            outside: outside(&cells, self.size()),
            block: self.pasted_into(texts, chosen),
            ..Plan::default()
        };
        for (place, text) in cells {
            if self.at(place).is_none() {
                continue;
            }
            match self.edit(place, text) {
                // What stands there already is no change, whether it can be typed into or not.
                None if self.text(place) == text.trim() => {}
                None => plan.locked += 1,
                Some(edit) => match self.source.check(&edit) {
                    None => plan.edits.push(edit),
                    Some(why) => plan.refused.push((edit, why)),
                },
            }
        }
        plan
    }

    /// What is chosen once texts were pasted: all that they went into, as far as there are cells.
    fn pasted_into(&self, texts: &Texts, chosen: Block) -> Option<Block> {
        let height = texts.len().checked_sub(1)?;
        let width = texts.iter().map(Vec::len).max()?.checked_sub(1)?;
        let first = chosen.first();
        let last = Place::new(
            (first.row + height).max(chosen.last().row),
            (first.column + width).max(chosen.last().column),
        );
        Some(Block::between(first, last.within(self.size())))
    }

    /// Chooses what a paste goes into.
    pub fn choose_pasted(&mut self, plan: &Plan) {
        if let Some(block) = plan.block {
            self.hands.choose_block(block);
            self.paint_marks();
        }
    }

    /// The texts that empty the chosen cells.
    pub fn cleared(&self) -> Vec<Edit> {
        let places = self.hands.chosen().into_iter().flat_map(Block::places);
        places
            .filter(|place| !self.text(*place).is_empty())
            .filter_map(|place| self.edit(place, ""))
            .collect()
    }

    /// The texts that fill a block from another.
    pub fn filled(&self, cells: Vec<(Place, Place)>) -> Vec<Edit> {
        let edits = cells.into_iter().filter_map(|(place, from)| {
            let (row, column) = self.at(from)?;
            self.edit(place, &self.source.content(row, column))
        });
        edits.collect()
    }
}
