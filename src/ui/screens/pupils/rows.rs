//! The rows of the pupils' table: what stands in them, which are shown, and in which order.

use flightpath_school::engine::Count;
use flightpath_school::model::{Id, YearGroup};
use flightpath_school::view::{Pupil, order, plain};

/// What stands in a cell, and the number that it sorts by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figure {
    /// As it stands on screen; a code is kept as what it says.
    pub text: String,
    /// In thousandths; none for a code, or where nothing is known.
    pub thousandths: Option<i64>,
}

/// A pupil's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The pupil.
    pub pupil: Pupil,
    /// KS2 reading scaled score.
    pub reading: Figure,
    /// KS2 maths scaled score.
    pub maths: Figure,
    /// CAT4 mean standard age score.
    pub cat_mean: Figure,
    /// Attendance in percent.
    pub attendance: Figure,
    /// Subjects off target at the current event; none where the pupil has no subject there.
    pub off_target: Option<Count>,
    /// Classes of the year.
    pub classes: Vec<Id>,
}

/// A column that rows can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortBy {
    /// Surname and forename.
    #[default]
    Name,
    /// Form, by year group first.
    Form,
    /// Year group.
    Year,
    /// Sex.
    Sex,
    /// SEN status.
    Sen,
    /// Pupil premium.
    PupilPremium,
    /// English as an additional language.
    Eal,
    /// Free school meals.
    FreeMeals,
    /// KS2 reading.
    Reading,
    /// KS2 maths.
    Maths,
    /// CAT4 mean.
    CatMean,
    /// Attendance.
    Attendance,
    /// Subjects off target.
    OffTarget,
}

/// How rows are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sort {
    /// By which column.
    pub by: SortBy,
    /// From the greatest down.
    pub descending: bool,
}

/// Yes, no or not known, as a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// Known to be so.
    Yes,
    /// Known not to be so.
    No,
    /// Not known.
    Unknown,
}

impl Flag {
    fn fits(self, flag: Option<bool>) -> bool {
        match self {
            Flag::Yes => flag == Some(true),
            Flag::No => flag == Some(false),
            Flag::Unknown => flag.is_none(),
        }
    }
}

/// SEN as a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sen {
    /// Support or a plan.
    Any,
    /// None.
    None,
    /// Support.
    Support,
    /// An education, health and care plan.
    Plan,
}

/// The group of pupils that is taught together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Group {
    /// A form.
    Form(String),
    /// A class of a subject.
    Class(Id),
}

/// Which rows are shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Of this year group.
    pub year: Option<YearGroup>,
    /// Of this form or class.
    pub group: Option<Group>,
    /// With this SEN status.
    pub sen: Option<Sen>,
    /// Pupil premium.
    pub pupil_premium: Option<Flag>,
    /// English as an additional language.
    pub eal: Option<Flag>,
    /// Free school meals.
    pub free_meals: Option<Flag>,
    /// With every one of these words in name or numbers.
    pub search: String,
}

impl Filter {
    /// Whether a row is shown.
    pub fn fits(&self, row: &Row) -> bool {
        let pupil = &row.pupil;
        let flag = |wanted: Option<Flag>, held| wanted.is_none_or(|flag| flag.fits(held));
        let sen = match self.sen {
            None => true,
            Some(Sen::Any) => matches!(pupil.sen.as_str(), "K" | "E"),
            Some(Sen::None) => pupil.sen == "N",
            Some(Sen::Support) => pupil.sen == "K",
            Some(Sen::Plan) => pupil.sen == "E",
        };
        let group = match &self.group {
            None => true,
            Some(Group::Form(form)) => pupil.form == *form,
            Some(Group::Class(class)) => row.classes.contains(class),
        };
        self.year.is_none_or(|year| pupil.year_group == Some(year))
            && group
            && sen
            && flag(self.pupil_premium, pupil.pupil_premium)
            && flag(self.eal, pupil.eal)
            && flag(self.free_meals, pupil.free_meals)
            && self.finds(pupil)
    }

    fn finds(&self, pupil: &Pupil) -> bool {
        if self.search.trim().is_empty() {
            return true;
        }
        let place = format!(
            "{} {} {} {}",
            pupil.forename, pupil.surname, pupil.upn, pupil.admission_number
        );
        let place = plain(&place);
        plain(&self.search)
            .split([' ', ','])
            .all(|word| place.contains(word))
    }
}

/// What a row sorts by, as text: a number so that greater ones come later.
fn key(row: &Row, by: SortBy) -> Option<String> {
    let pupil = &row.pupil;
    let text = |text: &str| (!text.is_empty()).then(|| plain(text));
    let number = |number: i64| format!("{:016x}", number.wrapping_sub(i64::MIN));
    let flag = |flag: Option<bool>| flag.map(|flag| number(i64::from(!flag)));
    let year = pupil.year_group.map(|year| i64::from(year.number()));
    match by {
        SortBy::Name => Some(plain(&pupil.name())),
        SortBy::Form => text(&pupil.form).map(|form| number(year.unwrap_or(99)) + &form),
        SortBy::Year => year.map(number),
        SortBy::Sex => text(&pupil.sex),
        SortBy::Sen => text(&pupil.sen),
        SortBy::PupilPremium => flag(pupil.pupil_premium),
        SortBy::Eal => flag(pupil.eal),
        SortBy::FreeMeals => flag(pupil.free_meals),
        SortBy::Reading => row.reading.thousandths.map(number),
        SortBy::Maths => row.maths.thousandths.map(number),
        SortBy::CatMean => row.cat_mean.thousandths.map(number),
        SortBy::Attendance => row.attendance.thousandths.map(number),
        SortBy::OffTarget => row.off_target.map(|count| number(i64::from(count.yes))),
    }
}

/// The places of the rows that are shown, in order. What is not known comes last either way, and
/// equal rows keep the order that they have: by name.
pub fn shown(rows: &[Row], filter: &Filter, sort: Sort) -> Vec<usize> {
    let mut known = Vec::new();
    let mut unknown = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        if filter.fits(row) {
            match key(row, sort.by) {
                Some(key) => known.push((key, place)),
                None => unknown.push(place),
            }
        }
    }
    let known = order::by_text(known, sort.descending);
    known.into_iter().chain(unknown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(surname: &str, form: &str, year: i64, attendance: Option<i64>) -> Row {
        Row {
            pupil: Pupil {
                id: Id::derived("pupil", &[surname]),
                position: 0,
                surname: surname.to_owned(),
                forename: "Ana".to_owned(),
                upn: "A123".to_owned(),
                admission_number: String::new(),
                birth_date: None,
                sex: String::new(),
                year_group: YearGroup::new(year),
                form: form.to_owned(),
                sen: "K".to_owned(),
                pupil_premium: None,
                eal: Some(true),
                free_meals: Some(false),
                looked_after: None,
                attendance,
                left_after: None,
            },
            reading: Figure::default(),
            maths: Figure::default(),
            cat_mean: Figure::default(),
            attendance: Figure {
                text: String::new(),
                thousandths: attendance,
            },
            off_target: None,
            classes: Vec::new(),
        }
    }

    fn names(rows: &[Row], filter: &Filter, sort: Sort) -> Vec<String> {
        shown(rows, filter, sort)
            .into_iter()
            .filter_map(|place| rows.get(place))
            .map(|row| row.pupil.surname.clone())
            .collect()
    }

    #[test]
    fn what_is_not_known_comes_last_either_way() {
        let rows = [
            row("Adams", "7A", 7, None),
            row("Brown", "7A", 7, Some(95_000)),
            row("Chen", "7A", 7, Some(80_000)),
        ];
        let by = |descending| Sort {
            by: SortBy::Attendance,
            descending,
        };
        let all = Filter::default();
        assert_eq!(names(&rows, &all, by(false)), ["Chen", "Brown", "Adams"]);
        assert_eq!(names(&rows, &all, by(true)), ["Brown", "Chen", "Adams"]);
    }

    #[test]
    fn forms_sort_by_year_group_and_equal_rows_by_name() {
        let rows = [
            row("Adams", "10A", 10, None),
            row("Brown", "9B", 9, None),
            row("Chen", "9B", 9, None),
        ];
        let sort = Sort {
            by: SortBy::Form,
            descending: false,
        };
        assert_eq!(
            names(&rows, &Filter::default(), sort),
            ["Brown", "Chen", "Adams"]
        );
    }

    #[test]
    fn a_pupil_is_found_by_any_words_of_the_name() {
        let rows = [row("O'Neill", "7A", 7, None), row("Brown", "7B", 7, None)];
        let search = |text: &str| Filter {
            search: text.to_owned(),
            ..Filter::default()
        };
        for text in ["neill", "ana o'n", "O'Neill, Ana", " o'neill "] {
            assert_eq!(
                names(&rows, &search(text), Sort::default()),
                ["O'Neill"],
                "{text}"
            );
        }
        assert_eq!(names(&rows, &search("a123"), Sort::default()).len(), 2);
        assert!(names(&rows, &search("ana smith"), Sort::default()).is_empty());
    }

    #[test]
    fn not_known_is_neither_yes_nor_no() {
        let rows = [row("Adams", "7A", 7, None)];
        let premium = |flag| Filter {
            pupil_premium: Some(flag),
            ..Filter::default()
        };
        assert_eq!(shown(&rows, &premium(Flag::Yes), Sort::default()).len(), 0);
        assert_eq!(shown(&rows, &premium(Flag::No), Sort::default()).len(), 0);
        assert_eq!(
            shown(&rows, &premium(Flag::Unknown), Sort::default()).len(),
            1
        );
    }

    #[test]
    fn filters_narrow_together() {
        let rows = [
            row("Adams", "7A", 7, None),
            row("Brown", "7B", 7, None),
            row("Chen", "8A", 8, None),
        ];
        let filter = Filter {
            year: YearGroup::new(7),
            group: Some(Group::Form("7B".to_owned())),
            sen: Some(Sen::Any),
            eal: Some(Flag::Yes),
            ..Filter::default()
        };
        assert_eq!(names(&rows, &filter, Sort::default()), ["Brown"]);
    }
}
