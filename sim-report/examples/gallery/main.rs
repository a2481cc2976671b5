//! Draws one figure of each kind into a folder: `cargo run -p millrace-report --example gallery -- FOLDER`.

mod figures;

use millrace_report::draw::{self, Size, Theme};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("name a folder")?;
    let folder = std::path::Path::new(&folder);
    std::fs::create_dir_all(folder)?;
    for figure in figures::all() {
        let size = Size::fitting(&figure);
        std::fs::write(
            folder.join(format!("{}.png", figure.id)),
            draw::png(&figure, size, Theme::Light)?,
        )?;
        std::fs::write(
            folder.join(format!("{}.svg", figure.id)),
            draw::svg(&figure, size, Theme::Light)?,
        )?;
        std::fs::write(
            folder.join(format!("{}.csv", figure.id)),
            millrace_report::table::csv(&figure),
        )?;
    }
    Ok(())
}
