//! Tables as workbooks.

use flightpath_exchange::sheet_out::Sheet;
use flightpath_worker::workbook::Order;

use super::{App, NotWritten};
use crate::platform::{clock, worker};

const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

impl App {
    /// Hands the person a workbook with this sheet, written by a worker that is fetched for it.
    ///
    /// # Errors
    /// A [`NotWritten`].
    pub async fn hand_over_workbook(self, name: &str, sheet: Sheet) -> Result<(), NotWritten> {
        let at = clock::now();
        let bytes = worker::workbook(&Order { sheet, at }).await?;
        self.hand_over(&format!("{name}.xlsx"), MEDIA_TYPE, &bytes);
        Ok(())
    }
}
