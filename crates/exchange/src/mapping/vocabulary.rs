//! The words that schools' systems put into headers.

use super::{GroupFlag, NameOrder, ResultKind, Role};

/// Headers that mean one thing, their words joined by spaces. The number ranks headers of one
/// role: where a file has two, that with the lower number is taken.
pub(super) fn whole(header: &str) -> Option<(Role, u8)> {
    let role = match header {
        "upn" | "unique pupil number" | "pupil upn" | "student upn" => Role::Upn,
        "adno" | "adm" | "adm no" | "admno" | "admission no" | "admission number"
        | "admissionnumber" | "admissions number" => Role::AdmissionNumber,
        "student id" | "pupil id" | "pupil no" | "pupil number" | "student number"
        | "studentid" | "pupilid" | "student no" | "mis id" | "id" => {
            return Some((Role::AdmissionNumber, 1));
        }
        "surname" | "preferred surname" | "chosen surname" => Role::Surname,
        "last name" | "lastname" | "family name" | "pupil surname" | "student surname"
        | "apellidos" | "apellido" => Role::Surname,
        "legal surname" | "legal last name" | "legal family name" => {
            return Some((Role::Surname, 1));
        }
        "forename"
        | "preferred forename"
        | "preferred first name"
        | "preferred name"
        | "chosen name"
        | "chosen forename"
        | "known as" => Role::Forename,
        "first name" | "firstname" | "given name" | "given names" | "forenames"
        | "pupil forename" | "student forename" | "nombre" => Role::Forename,
        "legal forename" | "legal first name" | "legal forenames" => {
            return Some((Role::Forename, 1));
        }
        "name" | "pupil" | "student" | "pupil name" | "student name" | "full name" | "fullname"
        | "alumno" | "alumna" => Role::FullName(NameOrder::SurnameFirst),
        "dob"
        | "d o b"
        | "date of birth"
        | "birth date"
        | "birthdate"
        | "birthday"
        | "fecha de nacimiento" => Role::BirthDate,
        "sex" | "gender" | "legal sex" | "sexo" => Role::Sex,
        "ethnicity" | "ethnic" | "ethnic group" | "ethnic code" | "ethnicity code" => {
            Role::Ethnicity
        }
        "home language" | "first language" | "language" | "mother tongue" => Role::HomeLanguage,
        "year" | "yr" | "year group" | "yeargroup" | "year grp" | "yr group" | "nc year"
        | "ncyear" | "nc year actual" | "curriculum year" | "yr grp" | "curso" => Role::YearGroup,
        "form" | "reg" | "reg group" | "registration" | "registration group" | "reg grp"
        | "tutor group" | "form group" | "tutor grp" | "tutorgroup" => Role::Form,
        "tutor" => return Some((Role::Form, 1)),
        "house" => Role::House,
        "sen" | "send" | "sen status" | "sen code" | "sen provision" | "sen stage"
        | "send status" | "sen need" => Role::Sen,
        "pp"
        | "pupil premium"
        | "pupil premium indicator"
        | "ppi"
        | "disadvantaged"
        | "pp eligible"
        | "pupil premium eligible" => Role::Group(GroupFlag::PupilPremium),
        "eal" | "eal status" | "english as an additional language" => Role::Group(GroupFlag::Eal),
        "fsm6" | "fsm ever 6" | "ever 6" | "ever6" | "ever 6 fsm" | "fsm 6" | "fsmever6" => {
            Role::Group(GroupFlag::FreeMeals)
        }
        "fsm" | "free school meals" | "free meals" | "fsm eligible" | "eligible for fsm" => {
            return Some((Role::Group(GroupFlag::FreeMeals), 1));
        }
        "lac" | "cla" | "looked after" | "in care" | "in lea care" | "looked after child"
        | "child looked after" | "cla lac" => Role::Group(GroupFlag::LookedAfter),
        "att"
        | "att %"
        | "% att"
        | "attendance"
        | "attendance %"
        | "% attendance"
        | "percent attendance"
        | "attendance percent"
        | "attendance percentage"
        | "percentage attendance"
        | "% attend" => Role::Attendance,
        "subject" | "subject name" | "course" | "asignatura" => Role::SubjectName,
        "class" | "class name" | "class code" | "teaching group" | "teaching set" | "set"
        | "teaching class" => Role::Class { subject: None },
        "group" => return Some((Role::Class { subject: None }, 1)),
        "teacher" | "staff" | "class teacher" | "teacher name" | "subject teacher" => {
            Role::Teacher { subject: None }
        }
        "event" | "assessment" | "data drop" | "datadrop" | "collection" | "term"
        | "assessment point" | "data collection" | "window" | "tracking event" => Role::EventName,
        "kind" | "type" | "result type" | "aspect" | "grade type" | "result kind" => Role::KindName,
        "grade" | "result" | "mark" | "value" | "score" | "nota" => Role::ResultOfNamedKind,
        _ => return None,
    };
    Some((role, 0))
}

/// Phrases that name a kind of result; longer phrases stand before those that they contain.
pub(super) const KINDS: &[(&str, ResultKind)] = &[
    ("attitude to learning at home", ResultKind::AtlHome),
    ("attitude to learning home", ResultKind::AtlHome),
    ("attitude to learning in class", ResultKind::AtlClass),
    ("attitude to learning", ResultKind::AtlClass),
    ("behaviour for learning", ResultKind::AtlClass),
    ("atl at home", ResultKind::AtlHome),
    ("atl in class", ResultKind::AtlClass),
    ("atl home", ResultKind::AtlHome),
    ("atl class", ResultKind::AtlClass),
    ("atl", ResultKind::AtlClass),
    ("effort", ResultKind::AtlClass),
    ("homework", ResultKind::AtlHome),
    ("on target", ResultKind::OnTarget),
    ("on track", ResultKind::OnTarget),
    ("minimum target grade", ResultKind::Target),
    ("target grade", ResultKind::Target),
    ("target", ResultKind::Target),
    ("tgt", ResultKind::Target),
    ("mtg", ResultKind::Target),
    ("objetivo", ResultKind::Target),
    ("predicted grade", ResultKind::Predicted),
    ("predicted", ResultKind::Predicted),
    ("prediction", ResultKind::Predicted),
    ("pred", ResultKind::Predicted),
    ("forecast grade", ResultKind::Predicted),
    ("forecast", ResultKind::Predicted),
    ("working at grade", ResultKind::Current),
    ("working at", ResultKind::Current),
    ("current grade", ResultKind::Current),
    ("current", ResultKind::Current),
    ("curr", ResultKind::Current),
    ("cwg", ResultKind::Current),
    ("wag", ResultKind::Current),
    ("fft estimate", ResultKind::Estimate),
    ("fft 20", ResultKind::Estimate),
    ("fft20", ResultKind::Estimate),
    ("fft 50", ResultKind::Estimate),
    ("fft50", ResultKind::Estimate),
    ("fft", ResultKind::Estimate),
    ("estimate", ResultKind::Estimate),
    ("benchmark", ResultKind::Estimate),
    ("final grade", ResultKind::Achieved),
    ("achieved", ResultKind::Achieved),
    ("end of year grade", ResultKind::Achieved),
    ("spoken english", ResultKind::SpokenEnglish),
    ("teacher comment", ResultKind::Comment),
    ("comments", ResultKind::Comment),
    ("comment", ResultKind::Comment),
    ("evidence", ResultKind::Evidence),
];

/// Phrases that name a tracking event.
pub(super) const EVENTS: &[&str] = &[
    "end of year",
    "half term",
    "data drop",
    "assessment point",
    "term",
    "autumn",
    "spring",
    "summer",
    "aut",
    "spr",
    "sum",
    "september",
    "october",
    "november",
    "december",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "sept",
    "sep",
    "oct",
    "nov",
    "dec",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "mock",
    "mocks",
    "eoy",
    "dd",
    "ap",
    "ht",
    "dc",
    "t",
    "trimestre",
    "evaluación",
    "evaluacion",
];
