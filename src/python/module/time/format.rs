//! `strftime`, `asctime`: a date as text, in the C locale.

use super::calendar::{Date, days_from_civil};

const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn day_name(date: &Date) -> &'static str {
    DAYS[date.weekday.rem_euclid(7) as usize]
}

fn month_name(date: &Date) -> &'static str {
    MONTHS[(date.month - 1).rem_euclid(12) as usize]
}

/// `Sun Oct 19 00:00:00 2025`
pub fn asctime(date: &Date) -> String {
    format!(
        "{} {} {:2} {:02}:{:02}:{:02} {}",
        &day_name(date)[..3],
        &month_name(date)[..3],
        date.day,
        date.hour,
        date.minute,
        date.second,
        date.year
    )
}

/// `time.strftime`; an unknown directive stays as it is.
pub fn strftime(format: &str, date: &Date) -> String {
    let mut text = String::new();
    let mut characters = format.chars();
    while let Some(character) = characters.next() {
        if character != '%' {
            text.push(character);
            continue;
        }
        match characters.next() {
            None => text.push('%'),
            Some(directive) => match directive_text(directive, date) {
                Some(part) => text += &part,
                None => text.extend(['%', directive]),
            },
        }
    }
    text
}

fn directive_text(directive: char, date: &Date) -> Option<String> {
    let hour12 = (date.hour + 11) % 12 + 1;
    Some(match directive {
        'a' => day_name(date)[..3].into(),
        'A' => day_name(date).into(),
        'b' | 'h' => month_name(date)[..3].into(),
        'B' => month_name(date).into(),
        'c' => asctime(date),
        'C' => (date.year / 100).to_string(),
        'd' => format!("{:02}", date.day),
        'D' | 'x' => strftime("%m/%d/%y", date),
        'e' => format!("{:2}", date.day),
        'F' => strftime("%Y-%m-%d", date),
        'g' => format!("{:02}", iso_week(date).0 % 100),
        'G' => iso_week(date).0.to_string(),
        'H' => format!("{:02}", date.hour),
        'I' => format!("{hour12:02}"),
        'j' => format!("{:03}", date.yearday),
        'k' => format!("{:2}", date.hour),
        'l' => format!("{hour12:2}"),
        'm' => format!("{:02}", date.month),
        'M' => format!("{:02}", date.minute),
        'n' => "\n".into(),
        'p' => (if date.hour < 12 { "AM" } else { "PM" }).into(),
        'P' => (if date.hour < 12 { "am" } else { "pm" }).into(),
        'r' => strftime("%I:%M:%S %p", date),
        'R' => strftime("%H:%M", date),
        's' => date.to_seconds().to_string(),
        'S' => format!("{:02}", date.second),
        't' => "\t".into(),
        'T' | 'X' => strftime("%H:%M:%S", date),
        'u' => (date.weekday + 1).to_string(),
        'U' => format!("{:02}", (date.yearday + 6 - (date.weekday + 1) % 7) / 7),
        'V' => format!("{:02}", iso_week(date).1),
        'w' => ((date.weekday + 1) % 7).to_string(),
        'W' => format!("{:02}", (date.yearday + 6 - date.weekday) / 7),
        'y' => format!("{:02}", date.year.rem_euclid(100)),
        'Y' => date.year.to_string(),
        'z' => "+0000".into(),
        'Z' => "UTC".into(),
        '%' => "%".into(),
        _ => return None,
    })
}

/// Year and number of the ISO week.
fn iso_week(date: &Date) -> (i64, i64) {
    let week = (date.yearday - 1 - date.weekday + 10) / 7;
    if week < 1 {
        return (date.year - 1, weeks_in(date.year - 1));
    }
    if week > weeks_in(date.year) {
        return (date.year + 1, 1);
    }
    (date.year, week)
}

/// A year has 53 weeks when it begins on a Thursday, or ends on one.
fn weeks_in(year: i64) -> i64 {
    let weekday = |y: i64| (days_from_civil(y, 1, 1) + 3).rem_euclid(7);
    if weekday(year) == 3 || weekday(year + 1) == 4 {
        53
    } else {
        52
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_c_does() {
        let date = Date::from_seconds(1_760_832_000);
        assert_eq!(asctime(&date), "Sun Oct 19 00:00:00 2025");
        assert_eq!(
            strftime("%Y-%m-%d %H:%M:%S %j %U %W %V %G %p %q", &date),
            "2025-10-19 00:00:00 292 42 41 42 2025 AM %q"
        );
        assert_eq!(date.to_seconds(), 1_760_832_000);
        assert_eq!(Date::from_seconds(-1).year, 1969);
    }
}
