//! Bytes to text: spreadsheets write UTF-8 with and without a mark, UTF-16, and the old Windows page.

/// Decodes a whole file, every line ending in one line feed. What is not Unicode is taken for Windows-1252, in
/// which every byte means something.
pub(super) fn decoded(bytes: &[u8]) -> String {
    unicode(bytes).replace("\r\n", "\n").replace('\r', "\n")
}

fn unicode(bytes: &[u8]) -> String {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|&b| windows_1252(b)).collect(),
        },
    }
}

/// The separator that cuts the header into most cells.
pub(super) fn delimiter(header: &str) -> u8 {
    let count = |c: char| header.matches(c).count();
    let most = [',', ';', '\t', '|']
        .into_iter()
        .rev()
        .max_by_key(|&c| count(c));
    most.map_or(b',', |c| c as u8)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units)
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spreadsheet_is_read_whatever_it_is_saved_as() {
        let wide = |text: &str, unit: fn(u16) -> [u8; 2]| {
            text.encode_utf16().flat_map(unit).collect::<Vec<u8>>()
        };
        assert_eq!(decoded("Größe".as_bytes()), "Größe");
        assert_eq!(decoded(b"\xef\xbb\xbfID"), "ID");
        assert_eq!(decoded(b"Gr\xf6\xdfe \x80"), "Größe €");
        assert_eq!(
            decoded(&[b"\xff\xfe".to_vec(), wide("Größe", u16::to_le_bytes)].concat()),
            "Größe"
        );
        assert_eq!(
            decoded(&[b"\xfe\xff".to_vec(), wide("Größe", u16::to_be_bytes)].concat()),
            "Größe"
        );
    }

    #[test]
    fn the_separator_is_the_one_that_the_header_uses() {
        assert_eq!(delimiter("ID,Backlog,Done"), b',');
        assert_eq!(delimiter("ID;Backlog;Done, really"), b';');
        assert_eq!(delimiter("ID\tBacklog\tDone"), b'\t');
        assert_eq!(delimiter("ID"), b',');
    }
}
