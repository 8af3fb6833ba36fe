//! What teachers write beside grades.

use super::curriculum::Department;
use super::random::Stream;

/// How a comment begins, by attitude to learning from the worst.
const OPENINGS: [[&str; 3]; 5] = [
    [
        "This year has been disappointing, and too little work was handed in.",
        "Lessons have often been missed or wasted, and the results show it.",
        "There is far more ability here than effort so far.",
    ],
    [
        "Effort comes and goes, and so do the results.",
        "Good lessons are followed by careless homework.",
        "A more regular start to homework would make the difference.",
    ],
    [
        "A steady year with work handed in on time.",
        "Listens well and does what is asked.",
        "Sound progress, with more to come from taking part.",
    ],
    [
        "A good year: prepared, attentive and keen to improve.",
        "Takes advice well and it shows in the work.",
        "Asks thoughtful questions and works hard.",
    ],
    [
        "An outstanding year in every way.",
        "A pleasure to teach: curious, careful and generous to others.",
        "Goes well beyond what is asked, and helps the class along.",
    ],
];

/// Why another target than the proposed one was set.
const TARGET_REASONS: [&str; 5] = [
    "Agreed with the pupil after a strong unit test",
    "The pupil asked to aim higher",
    "Long absence last year",
    "Had lessons in this subject for the first time",
    "Agreed with parents at the welcome meeting",
];

/// What is done at each level of intervention.
const PLANS: [[&str; 3]; 3] = [
    [
        "Seat at the front, look at the book every Friday",
        "Talk after the lesson on Mondays",
        "Home learning diary signed by the form tutor",
    ],
    [
        "Extra worksheet each week; parents told by email",
        "Lunchtime clinic on Tuesdays; parents told",
        "Catch-up pages from last year; parents told at tutorial",
    ],
    [
        "One to one on Thursdays, sixth hour",
        "Small group with the SEN department",
        "Withdrawn from one lesson a week for catching up",
    ],
];

/// Why somebody was referred.
const REFERRALS: [&str; 4] = [
    "Two grades below target",
    "Gaps from long absence",
    "Home learning missing",
    "Lost the thread since September",
];

/// What is done at a level, 1 to 3.
pub(super) fn plan(chance: &mut Stream, level: i64) -> &'static str {
    let place = usize::try_from(level - 1).unwrap_or(0);
    let plans = PLANS.get(place).unwrap_or(&PLANS[0]);
    plans.get(chance.below(plans.len())).unwrap_or(&plans[0])
}

/// Why somebody was referred.
pub(super) fn referral(chance: &mut Stream) -> &'static str {
    let place = chance.below(REFERRALS.len());
    REFERRALS.get(place).unwrap_or(&REFERRALS[0])
}

fn next_steps(department: Department) -> [&'static str; 2] {
    match department {
        Department::English => [
            "Next: support each point with a short quotation.",
            "Next: plan for five minutes before writing.",
        ],
        Department::Maths => [
            "Next: write down each line of working.",
            "Next: go over ratio and proportion again.",
        ],
        Department::Science => [
            "Next: name the variables before each practical.",
            "Next: learn the units with the formulae.",
        ],
        Department::Humanities => [
            "Next: weigh both sides before deciding.",
            "Next: use dates and places as evidence.",
        ],
        Department::SocialSciences => [
            "Next: define terms before using them.",
            "Next: practise the longer questions against the clock.",
        ],
        Department::French => [
            "Next: ten minutes of vocabulary each evening.",
            "Next: use all three tenses in every piece.",
        ],
        Department::Spanish => [
            "Siguiente paso: leer veinte minutos cada día.",
            "Siguiente paso: repasar la ortografía antes de entregar.",
        ],
        Department::Art => [
            "Next: annotate the sketchbook each week.",
            "Next: try a second medium for the same idea.",
        ],
        Department::Music => [
            "Next: practise with a metronome.",
            "Next: write down ideas before recording them.",
        ],
        Department::Drama => [
            "Next: hold the character while others speak.",
            "Next: write up the rehearsal log the same day.",
        ],
        Department::Computing => [
            "Next: test the edges of each program.",
            "Next: explain the design before coding.",
        ],
        Department::Sport => [
            "Next: lead a warm-up.",
            "Next: use the correct terms in written answers.",
        ],
        Department::Technology => [
            "Next: measure twice and note it down.",
            "Next: compare the product with its specification.",
        ],
    }
}

/// A comment for an attitude to learning from 0, the worst, to 4.
pub(super) fn comment(chance: &mut Stream, department: Department, attitude: usize) -> String {
    let [.., best] = &OPENINGS;
    let opening = chance.word(OPENINGS.get(attitude).unwrap_or(best));
    format!("{opening} {}", chance.word(&next_steps(department)))
}

/// Why a target differs from the proposed one.
pub(super) fn target_reason(chance: &mut Stream) -> &'static str {
    chance.word(&TARGET_REASONS)
}

/// What the grade of an event rests on, by how many events there were before.
pub(super) fn evidence(department: Department, event: usize) -> &'static str {
    let kinds: [&str; 3] = match department {
        Department::English | Department::Humanities | Department::Drama => [
            "Essay under test conditions",
            "Unit test",
            "Controlled piece",
        ],
        Department::French => [
            "Reading and writing test",
            "Speaking test",
            "Listening test",
        ],
        Department::Spanish => [
            "Examen de la unidad",
            "Comentario de texto",
            "Examen trimestral",
        ],
        Department::Art | Department::Technology => ["Portfolio", "Design project", "Final piece"],
        Department::Music | Department::Sport => {
            ["Practical assessment", "Theory test", "Performance"]
        }
        _ => ["Unit test", "Practical assessment", "End-of-term test"],
    };
    kinds.get(event % 3).copied().unwrap_or_default()
}
