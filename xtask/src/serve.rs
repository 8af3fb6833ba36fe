//! `cargo xtask serve`: the built program on this computer's own address.

use crate::command::{command, run};
use crate::place::Place;
use crate::trouble::Trouble;
use crate::{USAGE, bundle};

const PORT: u16 = 8080;

/// Builds, then serves until it is stopped. The server is the one that the tests use.
pub fn serve(place: &Place, arguments: &[String]) -> Result<(), Trouble> {
    let port = port(arguments)?;
    bundle::build(place)?;
    run(command(place, "node")
        .arg("tests/support/server.mjs")
        .arg(place.dist())
        .arg(port.to_string()))
}

fn port(arguments: &[String]) -> Result<u16, Trouble> {
    match arguments {
        [] => Ok(PORT),
        [flag, number] if flag == "--port" => number
            .parse()
            .map_err(|_| Trouble::Usage(format!("`{number}` is no port number."))),
        _ => Err(Trouble::Usage(USAGE.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_port_can_be_chosen_and_nonsense_is_refused() {
        let words = |text: &str| -> Vec<String> { text.split(' ').map(str::to_owned).collect() };
        assert_eq!(port(&[]).unwrap(), 8080);
        assert_eq!(port(&words("--port 9000")).unwrap(), 9000);
        assert!(port(&words("--port 99999")).is_err());
        assert!(port(&words("9000")).is_err());
    }
}
