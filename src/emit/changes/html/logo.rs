//! A logo as an address that holds all of it, for a page that needs no other file.

use crate::emit::brand::{Logo, LogoFormat};

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The address.
pub(super) fn address(logo: &Logo) -> String {
    let kind = match logo.format {
        LogoFormat::Svg => "svg+xml",
        LogoFormat::Png => "png",
        LogoFormat::Jpeg => "jpeg",
    };
    format!("data:image/{kind};base64,{}", base64(&logo.bytes))
}

/// Bytes as RFC 4648 has them.
fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for some in bytes.chunks(3) {
        let three = [0, 1, 2].map(|at| u32::from(some.get(at).copied().unwrap_or(0)));
        let bits = three[0] << 16 | three[1] << 8 | three[2];
        for at in 0..4 {
            let digit = DIGITS.get((bits >> (18 - 6 * at)) as usize & 63).copied().unwrap_or(b'=');
            out.push(if at > some.len() { '=' } else { char::from(digit) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn the_examples_of_the_standard() {
        for (bytes, expected) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), expected);
        }
    }
}
