//! The worker that writes workbooks: hears one order and answers it. It runs in a browser only.

#[cfg(target_arch = "wasm32")]
mod scope;

/// Starts to hear and says so; elsewhere than in a browser there is nobody to hear.
fn main() {
    #[cfg(target_arch = "wasm32")]
    scope::start();
}
