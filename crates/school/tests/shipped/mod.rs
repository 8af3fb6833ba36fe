//! The national figures that ship.

use flightpath_school::national::Figures;

pub fn figures() -> &'static Figures {
    let figures = Figures::read([
        include_str!("../../figures/gcse-2024.json"),
        include_str!("../../figures/combined-science-2024.json"),
        include_str!("../../figures/a-level-2025.json"),
        include_str!("../../figures/as-level-2025.json"),
        include_str!("../../figures/between-schools-2019.json"),
        include_str!("../../figures/subject-names.json"),
    ])
    .unwrap();
    Box::leak(Box::new(figures))
}
