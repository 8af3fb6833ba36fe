//! What was found about the file, each changeable, with its first rows as they are read.

use flightpath_exchange::table::{Delimiter, HeaderChoice};
use flightpath_exchange::text::{Encoding, EncodingWhy};
use leptos::prelude::*;

use super::say;
use crate::app::import::{Opened, use_desk};
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::choice::Choice;
use crate::ui::say::Words;

/// Rows and columns of the preview.
const ROWS: usize = 6;
const COLUMNS: usize = 40;
/// Rows that are offered as the header.
const HEADERS: u32 = 12;

#[component]
pub fn Found() -> impl IntoView {
    let i18n = use_i18n();
    let desk = use_desk();
    let of_file = move |read: fn(&Opened) -> String| {
        desk.file
            .with(|file| file.as_ref().map(|file| read(file)).unwrap_or_default())
    };
    let pasted = Memo::new(move |_| {
        desk.file.with(|file| {
            file.as_ref()
                .is_some_and(|file| file.table.encoding_why == EncodingWhy::AlreadyText)
        })
    });
    let encodings = Signal::derive(move || {
        Encoding::ALL
            .map(|each| (each.label().to_owned(), say::encoding(each).to_owned()))
            .to_vec()
    });
    let delimiters = Signal::derive(move || {
        Delimiter::ALL
            .map(|each| (delimiter_key(each), say::delimiter(i18n, each)))
            .to_vec()
    });
    let headers = Signal::derive(move || {
        desk.file
            .with(|file| file.as_ref().map(|file| header_choices(i18n, file)))
            .unwrap_or_default()
    });
    view! {
        <section class="section">
            <h2>{t_string!(i18n, import.step_file)}</h2>
            <div class="toolbar">
                <Show when=move || !pasted.get()>
                    <Choice
                        label=t_string!(i18n, import.encoding)
                        options=encodings
                        value=Signal::derive(move || {
                            of_file(|file| file.table.encoding.label().to_owned())
                        })
                        on_change=move |label| {
                            let chosen = Encoding::ALL.into_iter().find(|each| each.label() == label);
                            desk.choose(|options| options.encoding = chosen);
                        }
                    />
                </Show>
                <Choice
                    label=t_string!(i18n, import.delimiter)
                    options=delimiters
                    value=Signal::derive(move || of_file(|file| delimiter_key(file.table.delimiter)))
                    on_change=move |key| {
                        let chosen = Delimiter::ALL
                            .into_iter()
                            .find(|each| delimiter_key(*each) == key);
                        desk.choose(|options| options.delimiter = chosen);
                    }
                />
                <Choice
                    label=t_string!(i18n, import.header_row)
                    options=headers
                    value=Signal::derive(move || of_file(|file| header_key(file.table.header)))
                    on_change=move |key| {
                        let chosen = match key.parse() {
                            Ok(record) => HeaderChoice::Record(record),
                            Err(_) => HeaderChoice::None,
                        };
                        desk.choose(|options| options.header = Some(chosen));
                    }
                />
            </div>
            {move || desk.file.with(|file| file.as_ref().map(|file| facts(i18n, file)))}
            {move || desk.file.with(|file| file.as_ref().map(|file| preview(i18n, file)))}
        </section>
    }
}

fn delimiter_key(delimiter: Delimiter) -> String {
    char::from(delimiter.byte()).escape_default().to_string()
}

fn header_key(header: HeaderChoice) -> String {
    match header {
        HeaderChoice::None => "none".to_owned(),
        HeaderChoice::Record(record) => record.to_string(),
    }
}

/// The rows that may hold the headers: those above them with their text, and a few below.
fn header_choices(i18n: Words, file: &Opened) -> Vec<(String, String)> {
    let none = t_string!(i18n, import.no_header).to_owned();
    let mut choices = vec![("none".to_owned(), none)];
    let header = match file.table.header {
        HeaderChoice::Record(record) => Some(record),
        HeaderChoice::None => None,
    };
    let last = HEADERS.max(header.map_or(0, |header| header + 1));
    for record in 0..last {
        let place = record as usize;
        let below = header.map_or(Some(place), |header| place.checked_sub(header as usize + 1));
        let text = if header == Some(record) {
            file.table.headers.join(", ")
        } else if let Some(above) = file.table.above.get(place) {
            above.clone()
        } else if let Some(row) = below.and_then(|below| file.table.row(below)) {
            row.fields().collect::<Vec<_>>().join(", ")
        } else {
            break;
        };
        let short = say::shortened(&text.replace(['\n', '\r'], " "));
        choices.push((
            record.to_string(),
            t_string!(i18n, import.header_n, n = record + 1, text = short).to_string(),
        ));
    }
    choices
}

fn facts(i18n: Words, file: &Opened) -> impl IntoView + use<> {
    let oddities: Vec<String> = file
        .table
        .oddities
        .iter()
        .map(|oddity| say::oddity(i18n, *oddity))
        .collect();
    let why = say::encoding_why(i18n, file.table.encoding_why);
    let size = t_string!(
        i18n,
        import.size,
        rows = file.table.len(),
        columns = file.table.width()
    )
    .to_string();
    view! {
        <p class="hint">{size} " " {why}</p>
        {oddities
            .into_iter()
            .map(|oddity| {
                view! {
                    <p class="banner" data-kind="warning">
                        {oddity}
                    </p>
                }
            })
            .collect_view()}
    }
}

fn preview(i18n: Words, file: &Opened) -> impl IntoView + use<> {
    let width = file.table.width().min(COLUMNS);
    let headers: Vec<String> = (0..width)
        .map(|column| say::column(i18n, file, column))
        .collect();
    let rows: Vec<(u32, Vec<String>)> = file
        .table
        .rows()
        .take(ROWS)
        .map(|row| {
            let cells = (0..width).map(|column| say::shortened(row.cell(column)));
            (row.line(), cells.collect())
        })
        .collect();
    view! {
        <div
            class="table-frame"
            tabindex="0"
            role="region"
            aria-label=t_string!(i18n, import.preview)
        >
            <table class="preview">
                <caption>{t_string!(i18n, import.preview)}</caption>
                <thead>
                    <tr>
                        <th scope="col" class="num">
                            {t_string!(i18n, import.line)}
                        </th>
                        {headers
                            .into_iter()
                            .map(|header| view! { <th scope="col">{header}</th> })
                            .collect_view()}
                    </tr>
                </thead>
                <tbody>
                    {rows
                        .into_iter()
                        .map(|(line, cells)| {
                            view! {
                                <tr>
                                    <th scope="row" class="num">
                                        {line}
                                    </th>
                                    {cells
                                        .into_iter()
                                        .map(|cell| view! { <td>{cell}</td> })
                                        .collect_view()}
                                </tr>
                            }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
}
