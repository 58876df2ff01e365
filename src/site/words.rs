//! The site's own words in both languages. Templates get them as `words`; no word of a page stands anywhere else.

use serde::Serialize;

/// The words of one language.
#[derive(Debug, Serialize)]
pub struct Words {
    /// BCP 47 code.
    pub lang: &'static str,
    /// The language's own name.
    pub name: &'static str,
    pub(crate) skip_to_content: &'static str,
    pub(crate) home: &'static str,
    pub(crate) contents: &'static str,
    pub(crate) theme: &'static str,
    pub(crate) copy: &'static str,
    pub(crate) copied: &'static str,
    pub(crate) link_here: &'static str,
    pub(crate) output: &'static str,
    pub(crate) errors: &'static str,
    pub(crate) exception: &'static str,
    pub(crate) lines: &'static str,
    pub(crate) ran: &'static str,
    pub(crate) ran_silently: &'static str,
    pub(crate) expected_exception: &'static str,
    pub(crate) raised: &'static str,
    pub(crate) stopped: &'static str,
    pub(crate) not_run: &'static str,
    pub(crate) syntax_only: &'static str,
    pub(crate) claim_holds: &'static str,
    pub(crate) claim_wrong: &'static str,
    pub(crate) claim_not_reached: &'static str,
    pub(crate) claim_unjudged: &'static str,
    pub(crate) claim_other_version: &'static str,
    pub(crate) verified: &'static str,
    pub(crate) not_verified: &'static str,
    pub(crate) not_executed: &'static str,
    pub(crate) after_block: &'static str,
    pub(crate) diagram: &'static str,
    pub(crate) diagram_failed: &'static str,
    pub(crate) more_code: &'static str,
    pub(crate) made_with: &'static str,
    pub(crate) posts: &'static str,
    pub(crate) no_posts: &'static str,
    pub(crate) problems: &'static str,
}

static KOREAN: Words = Words {
    lang: "ko",
    name: "한국어",
    skip_to_content: "본문으로 건너뛰기",
    home: "처음으로",
    contents: "차례",
    theme: "밝게/어둡게",
    copy: "복사",
    copied: "복사됨",
    link_here: "이 절의 링크",
    output: "출력",
    errors: "표준 오류",
    exception: "예외",
    lines: "줄",
    ran: "실행됨",
    ran_silently: "실행됨 · 출력 없음",
    expected_exception: "예상한 예외",
    raised: "예외 발생",
    stopped: "멈춤",
    not_run: "실행하지 않음",
    syntax_only: "구문만 확인",
    claim_holds: "실행 결과와 같습니다",
    claim_wrong: "실제",
    claim_not_reached: "이 줄은 실행되지 않았습니다",
    claim_unjudged: "판정하지 않았습니다",
    claim_other_version: "다른 버전에 대한 설명입니다",
    verified: "실행 검증됨",
    not_verified: "실행 결과와 다른 곳",
    not_executed: "실행 전",
    after_block: "블록이 끝난 뒤의 메모리",
    diagram: "다이어그램",
    diagram_failed: "그릴 수 없는 다이어그램",
    more_code: "코드 펼치기",
    made_with: "모든 결과를 실제로 실행해 확인한 문서",
    posts: "글",
    no_posts: "아직 글이 없습니다.",
    problems: "고칠 것",
};

static ENGLISH: Words = Words {
    lang: "en",
    name: "English",
    skip_to_content: "Skip to content",
    home: "Home",
    contents: "Contents",
    theme: "Light/dark",
    copy: "Copy",
    copied: "Copied",
    link_here: "Link to this section",
    output: "Output",
    errors: "Standard error",
    exception: "Exception",
    lines: "lines",
    ran: "ran",
    ran_silently: "ran · no output",
    expected_exception: "raised as expected",
    raised: "raised",
    stopped: "stopped",
    not_run: "not run",
    syntax_only: "syntax checked only",
    claim_holds: "This is what it gives",
    claim_wrong: "actually",
    claim_not_reached: "This line did not run",
    claim_unjudged: "Not judged",
    claim_other_version: "About another version",
    verified: "Executed and verified",
    not_verified: "Not what it gives",
    not_executed: "Not executed yet",
    after_block: "Memory after the block",
    diagram: "Diagram",
    diagram_failed: "A diagram that cannot be drawn",
    more_code: "Show the code",
    made_with: "Every result on this page was executed and checked",
    posts: "Posts",
    no_posts: "No posts yet.",
    problems: "To be fixed",
};

impl Words {
    /// The words of a language; English where we do not have it.
    pub fn of(lang: &str) -> &'static Words {
        if lang == "ko" || lang.starts_with("ko-") {
            &KOREAN
        } else {
            &ENGLISH
        }
    }

    /// Says whether this is Korean.
    pub fn is_korean(&self) -> bool {
        self.lang == "ko"
    }

    /// "19 blocks".
    pub fn blocks(&self, count: usize) -> String {
        match (self.is_korean(), count) {
            (true, _) => format!("블록 {count}개"),
            (false, 1) => "1 block".to_owned(),
            (false, _) => format!("{count} blocks"),
        }
    }

    /// "12 of 14 claims hold".
    pub fn claims(&self, held: usize, all: usize) -> String {
        match (self.is_korean(), held == all, all) {
            (true, true, _) => format!("주장 {all}개 모두 참"),
            (true, false, _) => format!("주장 {all}개 중 {held}개 참"),
            (false, true, 1) => "1 claim holds".to_owned(),
            (false, true, _) => format!("{all} claims hold"),
            (false, false, _) => format!("{held} of {all} claims hold"),
        }
    }

    /// "about 25 minutes".
    pub fn minutes(&self, minutes: usize) -> String {
        if self.is_korean() {
            format!("약 {minutes}분")
        } else {
            format!("{minutes} min read")
        }
    }

    /// A date of the form `2025-10-19…` as people write it.
    pub fn date(&self, date: &str) -> Option<String> {
        let mut parts = date.get(..10)?.split('-');
        let (year, month, day): (u16, usize, u8) = (
            parts.next()?.parse().ok()?,
            parts.next()?.parse().ok()?,
            parts.next()?.parse().ok()?,
        );
        let name = *MONTHS.get(month.checked_sub(1)?)?;
        Some(if self.is_korean() {
            format!("{year}년 {month}월 {day}일")
        } else {
            format!("{name} {day}, {year}")
        })
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_people_do() {
        assert_eq!(
            Words::of("ko").date("2025-10-19 09:00:00 +0900").as_deref(),
            Some("2025년 10월 19일")
        );
        assert_eq!(
            Words::of("en").date("2025-10-19").as_deref(),
            Some("October 19, 2025")
        );
        assert_eq!(Words::of("en").date("어제의 어느 날"), None);
        assert_eq!(Words::of("en").date("2025-13-01"), None);
    }
}
