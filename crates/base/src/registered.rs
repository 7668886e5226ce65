//! Numbers of the state's registers, by which an organisation or an entrepreneur is known. Each ends
//! with digits that are reckoned from the others, so that a slip of the pen is seen at once.

/// ИНН of an organisation: ten digits, the last of them right.
pub fn is_inn_of_organisation(text: &str) -> bool {
    digits(text, 10)
        .is_some_and(|digits| weighed(&digits[..9], &[2, 4, 10, 3, 5, 9, 4, 6, 8]) == digits[9])
}

/// ИНН of a person: twelve digits, the last two of them right.
pub fn is_inn_of_person(text: &str) -> bool {
    digits(text, 12).is_some_and(|digits| {
        weighed(&digits[..10], &[7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) == digits[10]
            && weighed(&digits[..11], &[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) == digits[11]
    })
}

/// ОГРН of an organisation: thirteen digits, the last of them right.
pub fn is_ogrn(text: &str) -> bool {
    digits(text, 13).is_some_and(|digits| remainder(&digits[..12], 11) == digits[12])
}

/// ОГРНИП of an entrepreneur: fifteen digits, the last of them right.
pub fn is_ogrnip(text: &str) -> bool {
    digits(text, 15).is_some_and(|digits| remainder(&digits[..14], 13) == digits[14])
}

/// So many digits and nothing else. Zeros alone satisfy every sum and are nobody's number.
fn digits(text: &str, count: usize) -> Option<Vec<u64>> {
    let known = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    let digits: Vec<u64> = text.bytes().map(|byte| u64::from(byte & 15)).collect();
    (known && digits.iter().any(|digit| *digit != 0)).then_some(digits)
}

fn weighed(digits: &[u64], weights: &[u64]) -> u64 {
    let sum: u64 = digits
        .iter()
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum();
    sum % 11 % 10
}

/// The last digit of what the number leaves when it is divided.
fn remainder(digits: &[u64], by: u64) -> u64 {
    digits.iter().fold(0, |number, digit| number * 10 + digit) % by % 10
}
