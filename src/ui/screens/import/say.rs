//! One sentence for everything that reading and planning give as data.

use flightpath_exchange::mapping::{ColumnMapping, Sureness, Why};
use flightpath_exchange::plan::{
    AskWhy, Candidate, CellReason, IdentityKey, Note, Problem, ProblemKind, Question, RowReason,
    Warning,
};
use flightpath_exchange::table::{Delimiter, Oddity, ReadError};
use flightpath_exchange::text::{Encoding, EncodingWhy, ForeignFile};
use flightpath_school::model::Value;
use flightpath_school::policy::Party;

use crate::app::NoAnswer;
use crate::app::import::{Desk, Opened, Stage, Trouble};
use crate::i18n::t_string;
use crate::ui::parts::{policy_words, practice_words};
use crate::ui::say::Words;

/// A count as plural forms take it.
pub fn small(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// A column by its header, or by its number where it has none.
pub fn column(i18n: Words, file: &Opened, index: usize) -> String {
    match file.table.headers.get(index) {
        Some(header) if !header.is_empty() => header.clone(),
        _ => t_string!(i18n, import.column_n, n = index + 1).to_string(),
    }
}

/// Several columns, one after another.
fn columns(i18n: Words, file: &Opened, indexes: &[usize]) -> String {
    const MOST: usize = 6;
    let mut names: Vec<String> = indexes
        .iter()
        .take(MOST)
        .map(|index| column(i18n, file, *index))
        .collect();
    if indexes.len() > MOST {
        names.push("…".to_owned());
    }
    names.join(", ")
}

/// What the worker is doing.
pub fn stage(i18n: Words, stage: Option<Stage>) -> String {
    match stage {
        None => t_string!(i18n, import.stage_starting),
        Some(Stage::Decoding) => t_string!(i18n, import.stage_decoding),
        Some(Stage::Reading) => t_string!(i18n, import.stage_reading),
        Some(Stage::Sending) => t_string!(i18n, import.stage_sending),
    }
    .to_owned()
}

/// Why a file was not read, and what to do.
pub fn trouble(i18n: Words, trouble: &Trouble) -> String {
    match trouble {
        Trouble::File(error) => read_error(i18n, error),
        Trouble::NotGiven => t_string!(i18n, import.trouble_not_given).to_owned(),
        Trouble::Worker(why) => match why {
            NoAnswer::NotStarted => t_string!(i18n, import.trouble_not_started),
            NoAnswer::OtherRelease => t_string!(i18n, import.trouble_other_release),
            NoAnswer::Silent => t_string!(i18n, import.trouble_silent),
            NoAnswer::Broke => t_string!(i18n, import.trouble_broke),
        }
        .to_owned(),
    }
}

fn read_error(i18n: Words, error: &ReadError) -> String {
    const MB: usize = 1024 * 1024;
    match error {
        ReadError::NotText(ForeignFile::Zip | ForeignFile::OldOffice) => {
            t_string!(i18n, import.read_workbook).to_owned()
        }
        ReadError::NotText(ForeignFile::Pdf) => t_string!(i18n, import.read_pdf).to_owned(),
        ReadError::NotText(ForeignFile::Binary) => t_string!(i18n, import.read_binary).to_owned(),
        ReadError::TooLarge { bytes, most } => t_string!(
            i18n,
            import.read_too_large,
            size = bytes / MB,
            most = most / MB
        )
        .to_string(),
        ReadError::TooManyCells { line, most } => {
            t_string!(i18n, import.read_too_many_cells, line = *line, most = *most).to_string()
        }
        ReadError::TooManyColumns {
            line,
            columns,
            most,
        } => t_string!(
            i18n,
            import.read_too_many_columns,
            line = *line,
            columns = *columns,
            most = *most
        )
        .to_string(),
        ReadError::Empty => t_string!(i18n, import.read_empty).to_owned(),
        ReadError::NoRows => t_string!(i18n, import.read_no_rows).to_owned(),
        ReadError::WrongEncoding(wrong) => t_string!(
            i18n,
            import.read_wrong_encoding,
            encoding = encoding(*wrong)
        )
        .to_string(),
    }
}

/// The name of an encoding, which is the same in every language.
pub fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16Le => "UTF-16 LE",
        Encoding::Utf16Be => "UTF-16 BE",
        Encoding::Windows1252 => "Windows-1252",
    }
}

/// Why an encoding was taken.
pub fn encoding_why(i18n: Words, why: EncodingWhy) -> String {
    match why {
        EncodingWhy::ByteOrderMark => t_string!(i18n, import.encoding_mark),
        EncodingWhy::ZeroBytes => t_string!(i18n, import.encoding_zeros),
        EncodingWhy::ValidUtf8 => t_string!(i18n, import.encoding_valid),
        EncodingWhy::NothingElseFits => t_string!(i18n, import.encoding_rest),
        EncodingWhy::Chosen => t_string!(i18n, import.encoding_chosen),
        EncodingWhy::AlreadyText => t_string!(i18n, import.encoding_pasted),
    }
    .to_owned()
}

/// The name of a delimiter.
pub fn delimiter(i18n: Words, delimiter: Delimiter) -> String {
    match delimiter {
        Delimiter::Comma => t_string!(i18n, import.delimiter_comma),
        Delimiter::Semicolon => t_string!(i18n, import.delimiter_semicolon),
        Delimiter::Tab => t_string!(i18n, import.delimiter_tab),
        Delimiter::Pipe => t_string!(i18n, import.delimiter_pipe),
    }
    .to_owned()
}

/// What is odd about a file.
pub fn oddity(i18n: Words, oddity: Oddity) -> String {
    match oddity {
        Oddity::LongQuote { line, lines } => {
            t_string!(i18n, import.odd_long_quote, line = line, lines = lines).to_string()
        }
        Oddity::UnknownCharacters { count } => {
            let count = i32::try_from(count).unwrap_or(i32::MAX);
            t_string!(i18n, import.odd_characters, count = count).to_string()
        }
        Oddity::EmptyRows { count } => {
            let count = i32::try_from(count).unwrap_or(i32::MAX);
            t_string!(i18n, import.odd_empty_rows, count = count).to_string()
        }
    }
}

/// Why a column means what it means.
pub fn why(i18n: Words, file: &Opened, mapping: &ColumnMapping) -> String {
    let words = match &mapping.why {
        Why::Nothing => t_string!(i18n, import.why_nothing).to_owned(),
        Why::Header => t_string!(i18n, import.why_header).to_owned(),
        Why::HeaderAndValues => t_string!(i18n, import.why_both).to_owned(),
        Why::Values => t_string!(i18n, import.why_values).to_owned(),
        Why::ValuesDoNotFit => t_string!(i18n, import.why_misfit).to_owned(),
        Why::RoleTaken(other) => {
            t_string!(i18n, import.why_taken, column = column(i18n, file, *other)).to_string()
        }
        Why::Remembered => t_string!(i18n, import.why_remembered).to_owned(),
        Why::Chosen => t_string!(i18n, import.why_chosen).to_owned(),
    };
    let guessed = matches!(
        mapping.why,
        Why::Header | Why::HeaderAndValues | Why::Values
    );
    if guessed && mapping.sure == Sureness::Doubtful {
        t_string!(i18n, import.why_doubtful, why = words).to_string()
    } else {
        words
    }
}

/// What has to be answered, or may be.
pub fn question(i18n: Words, file: &Opened, question: &Question) -> String {
    match question {
        Question::AmbiguousDates {
            column: index,
            example,
        } => t_string!(
            i18n,
            import.ask_dates,
            column = column(i18n, file, *index),
            example = example.clone()
        )
        .to_string(),
        Question::BlankOfGroup {
            column: index,
            blanks,
        } => t_string!(
            i18n,
            import.ask_blank,
            column = column(i18n, file, *index),
            count = small(*blanks)
        )
        .to_string(),
        Question::NoIdentity => t_string!(i18n, import.ask_identity).to_owned(),
        Question::NoSubject { columns: indexes } => t_string!(
            i18n,
            import.ask_subject,
            columns = columns(i18n, file, indexes)
        )
        .to_string(),
        Question::NoEvent { columns: indexes } => t_string!(
            i18n,
            import.ask_event,
            columns = columns(i18n, file, indexes)
        )
        .to_string(),
        Question::NoScale { columns: indexes } => t_string!(
            i18n,
            import.ask_scale,
            columns = columns(i18n, file, indexes)
        )
        .to_string(),
    }
}

/// Why a row is refused.
fn row_reason(i18n: Words, reason: &RowReason) -> String {
    match reason {
        RowReason::WrongLength { fields, expected } => t_string!(
            i18n,
            import.row_wrong_length,
            fields = *fields,
            expected = *expected
        )
        .to_string(),
        RowReason::NoName => t_string!(i18n, import.row_no_name).to_owned(),
        RowReason::BadUpn { .. } => t_string!(i18n, import.row_bad_upn).to_owned(),
        RowReason::PupilInEarlierRow { row, same, differs } => t_string!(
            i18n,
            import.row_earlier,
            row = *row,
            same = identity_key(i18n, *same),
            differs = identity_key(i18n, *differs)
        )
        .to_string(),
        RowReason::BadYearGroup { .. } => t_string!(i18n, import.row_bad_year_group).to_owned(),
        RowReason::NoIdentity => t_string!(i18n, import.row_no_identity).to_owned(),
        RowReason::NotInSchool => t_string!(i18n, import.row_not_in_school).to_owned(),
        RowReason::NoSubject => t_string!(i18n, import.row_no_subject).to_owned(),
        RowReason::UnknownKind { .. } => t_string!(i18n, import.row_unknown_kind).to_owned(),
        RowReason::LeftOut => t_string!(i18n, import.row_left_out).to_owned(),
    }
}

fn identity_key(i18n: Words, key: IdentityKey) -> String {
    match key {
        IdentityKey::Upn => t_string!(i18n, import.key_upn),
        IdentityKey::AdmissionNumber => t_string!(i18n, import.key_admission),
        IdentityKey::Name => t_string!(i18n, import.key_name),
        IdentityKey::BirthDate => t_string!(i18n, import.key_birth_date),
    }
    .to_owned()
}

/// Why a cell is refused.
fn cell_reason(i18n: Words, scale_name: impl Fn(&str) -> String, reason: &CellReason) -> String {
    match reason {
        CellReason::OutOfRange { lowest, highest } => t_string!(
            i18n,
            import.cell_out_of_range,
            lowest = *lowest,
            highest = *highest
        )
        .to_string(),
        CellReason::NotANumber => t_string!(i18n, import.cell_not_a_number).to_owned(),
        CellReason::NotADate => t_string!(i18n, import.cell_not_a_date).to_owned(),
        CellReason::NotAGrade { scale } => {
            t_string!(i18n, import.cell_not_a_grade, scale = scale_name(scale)).to_string()
        }
        CellReason::NotAFlag => t_string!(i18n, import.cell_not_a_flag).to_owned(),
        CellReason::NotASex => t_string!(i18n, import.cell_not_a_sex).to_owned(),
        CellReason::NotASenStatus => t_string!(i18n, import.cell_not_sen).to_owned(),
        CellReason::TooLong { most } => {
            t_string!(i18n, import.cell_too_long, most = *most).to_string()
        }
        CellReason::OtherInEarlierRow { row } => {
            t_string!(i18n, import.cell_earlier, row = *row).to_string()
        }
        CellReason::NeedsApproval { by } => needs_approval(i18n, by),
        CellReason::NoClass => t_string!(i18n, import.cell_no_class).to_owned(),
        CellReason::NoEvent => t_string!(i18n, import.cell_no_event).to_owned(),
    }
}

/// What a change of a target that is set already lacks.
fn needs_approval(i18n: Words, by: &[Party]) -> String {
    if by.is_empty() {
        return t_string!(i18n, import.cell_needs_reason).to_owned();
    }
    let names: Vec<String> = by
        .iter()
        .map(|party| practice_words::party(i18n, *party).to_owned())
        .collect();
    let names = policy_words::joined(i18n, &names);
    t_string!(i18n, import.cell_needs_approval, names = names).to_string()
}

/// Why it has to be asked whom a row means.
fn ask_why(i18n: Words, why: AskWhy) -> String {
    match why {
        AskWhy::OtherUpn => t_string!(i18n, import.whom_other_upn),
        AskWhy::OtherAdmissionNumber => t_string!(i18n, import.whom_other_admission),
        AskWhy::NameAlone => t_string!(i18n, import.whom_name_alone),
        AskWhy::SeveralFit => t_string!(i18n, import.whom_several),
    }
    .to_owned()
}

/// Somebody whom a row may mean.
pub fn candidate(i18n: Words, desk: Desk, candidate: Candidate) -> String {
    match candidate {
        Candidate::Pupil(pupil) => desk.who(pupil),
        Candidate::Row(row) => t_string!(i18n, import.pupil_of_row, row = row).to_string(),
    }
}

fn warning(i18n: Words, desk: Desk, warning: &Warning) -> String {
    match warning {
        Warning::UpnCheckLetter { expected } => {
            t_string!(i18n, import.warn_upn, expected = expected.to_string()).to_string()
        }
        Warning::SameNameAndBirthDate { other } => t_string!(
            i18n,
            import.warn_twin,
            other = candidate(i18n, desk, *other)
        )
        .to_string(),
        Warning::AdmissionNumberAlsoOf { other } => t_string!(
            i18n,
            import.warn_admission,
            other = candidate(i18n, desk, *other)
        )
        .to_string(),
        Warning::NoYearGroup => t_string!(i18n, import.warn_no_year_group).to_owned(),
        Warning::WasGone => t_string!(i18n, import.warn_was_gone).to_owned(),
    }
}

fn note(i18n: Words, note: &Note) -> String {
    match note {
        Note::LooksLikeFormula { .. } => t_string!(i18n, import.note_formula),
        Note::LineBreak { .. } => t_string!(i18n, import.note_line_break),
    }
    .to_owned()
}

/// A problem with its column and the value that stands there; its row is named beside it.
pub fn problem(i18n: Words, desk: Desk, file: &Opened, problem: &Problem) -> String {
    let scale_name = |key: &str| desk.scale_name(key).unwrap_or_else(|| key.to_owned());
    let reason = match &problem.what {
        ProblemKind::RowRefused(reason) => row_reason(i18n, reason),
        ProblemKind::Ask(why) => ask_why(i18n, *why),
        ProblemKind::CellRefused(reason) => cell_reason(i18n, scale_name, reason),
        ProblemKind::CellInConflict => t_string!(i18n, import.cell_in_conflict).to_owned(),
        ProblemKind::Warned(about) => warning(i18n, desk, about),
        ProblemKind::Noted(about) => note(i18n, about),
    };
    match problem.column {
        Some(index) => t_string!(
            i18n,
            import.problem_at,
            column = column(i18n, file, index),
            value = shortened(&problem.value),
            reason = reason
        )
        .to_string(),
        None => reason,
    }
}

/// A text from a file, cut where it would fill the screen.
pub fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    let mut short: String = text.chars().take(MOST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// A value of the school as people write it.
pub fn value(i18n: Words, value: &Value) -> String {
    match value {
        Value::Blank => t_string!(i18n, import.nothing).to_owned(),
        Value::Text(text) | Value::Code(text) | Value::Grade(_, text) => shortened(text),
        Value::Number(thousandths) => {
            let sign = if *thousandths < 0 { "−" } else { "" };
            let size = thousandths.unsigned_abs();
            let part = format!("{:03}", size % 1000);
            match part.trim_end_matches('0') {
                "" => format!("{sign}{}", size / 1000),
                part => format!("{sign}{}.{part}", size / 1000),
            }
        }
        Value::Date(date) => date.to_string(),
        Value::Flag(true) => t_string!(i18n, words.yes).to_owned(),
        Value::Flag(false) => t_string!(i18n, words.no).to_owned(),
        Value::Reference(_) => t_string!(i18n, words.class).to_owned(),
    }
}
