//! What a step changed, cell by cell.

use flightpath_school::journal::StepInfo;
use leptos::prelude::*;

use crate::app::{StepCell, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::clock;
use crate::ui::parts::cell_words::{self, counted, plural};

/// So many cells are shown: enough to know a step by, and quick for an import of a whole school.
const MOST_CELLS: usize = 50;

/// A cell in words.
struct Line {
    column: String,
    row: String,
    before: String,
    after: String,
}

/// Who, when, why, and the first cells.
#[component]
pub fn StepDetails(info: StepInfo, cells: usize) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let year = app.year();
    let changed = app.step_cells(info.dot, MOST_CELLS);
    let lines: Vec<Line> = app.peek(|school| {
        changed
            .iter()
            .map(|cell: &StepCell| Line {
                column: cell_words::column(i18n, school, &cell.key, year),
                row: cell_words::row(i18n, school, cell.key.field().table(), cell.row),
                before: cell_words::values_of(i18n, school, &cell.key, &cell.before),
                after: cell_words::values_of(i18n, school, &cell.key, &cell.after),
            })
            .collect()
    });
    let how_many = if cells > MOST_CELLS {
        t_string!(
            i18n,
            history.details_some,
            most = MOST_CELLS,
            number = counted(cells)
        )
        .to_string()
    } else {
        t_string!(i18n, history.details_first, count = plural(cells)).to_string()
    };
    let label = how_many.clone();
    let caption = how_many.clone();
    let author = match info.author.as_str() {
        "" => t_string!(i18n, history.nobody).to_owned(),
        author => author.to_owned(),
    };
    view! {
        <p>
            {author} ", "
            <time>{clock::local_text(info.at, t_string!(i18n, history.language))}</time>
        </p>
        {info
            .reason
            .map(|reason| {
                view! {
                    <p>{t_string!(i18n, history.details_because, reason = reason).to_string()}</p>
                }
            })}
        <p>{how_many}</p>
        <div class="table-frame" tabindex="0" role="region" aria-label=label>
            <table>
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t_string!(i18n, history.cell_row)}</th>
                        <th scope="col">{t_string!(i18n, history.cell_column)}</th>
                    </tr>
                </thead>
                <tbody>
                    {lines
                        .into_iter()
                        .map(|line| {
                            view! {
                                <tr>
                                    <th scope="row">{line.row}</th>
                                    <td class="wrap">
                                        {line.column} ": " <del>{line.before}</del> " → "
                                        <ins>{line.after}</ins>
                                    </td>
                                </tr>
                            }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
}
