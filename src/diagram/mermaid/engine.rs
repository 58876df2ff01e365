//! The engine: merman, a port of Mermaid to Rust, with our widths and without colours.
//!
//! Its own text widths are those of one Latin font, and its HTML labels are boxes of fixed width that clip a reader's
//! wider font; so it measures with our table and writes SVG text.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use merman::svg::{
    DeterministicTextMeasurer, MeasurementProfileId, SvgRenderOptions, TextMeasurementPolicy,
    TextMeasurementProfile, TextMeasurementProfileIdentity,
};
use merman::{
    Engine, MermaidConfig, OperationControl, ParseOptions, RenderOutput, RenderRequest, Renderer,
    SvgEnvironment, SvgRequest,
};

use super::{FONT_SIZE, Failure};
use crate::diagnostic::Span;
use crate::diagram::measure::{Font, width};

/// No diagram for people takes this long; a runaway one must not hold up the page.
const DEADLINE: Duration = Duration::from_secs(10);

/// The engine with our settings.
pub struct Merman {
    renderer: Renderer,
}

impl Merman {
    /// Sets the engine up: about 20 microseconds, so one for each diagram is cheap enough.
    pub fn new() -> Merman {
        // The theme's colours are never seen: `clean` replaces them. One distinct value each keeps them apart.
        let config = MermaidConfig::from_value(serde_json::json!({
            "theme": "base",
            "look": "classic",
            "htmlLabels": false,
            "fontFamily": "sans-serif",
            "securityLevel": "strict",
            "flowchart": {
                "htmlLabels": false,
                "inheritDir": true,
                "wrappingWidth": 260,
                "useMaxWidth": false,
                "nodeSpacing": 36,
                "rankSpacing": 44,
                "padding": 12,
            },
            "themeVariables": {
                "primaryColor": "#010203",
                "primaryBorderColor": "#010205",
                "primaryTextColor": "#010207",
                "lineColor": "#010209",
                "fontSize": format!("{FONT_SIZE}px"),
            },
        }));
        let engine = Engine::new().with_site_config(config);
        Merman {
            renderer: Renderer::new()
                .with_engine(engine)
                .with_parse_options(ParseOptions::strict()),
        }
    }
}

/// The same widths in every phase: what is laid out is what is drawn.
fn environment() -> Option<SvgEnvironment> {
    let measurer = DeterministicTextMeasurer::default()
        .with_width_callback(|text, style| width(text, style.font_size, Font::Sans));
    let identity =
        TextMeasurementProfileIdentity::new(MeasurementProfileId::new("gieok").ok()?, "1").ok()?;
    let policy = TextMeasurementPolicy::uniform(TextMeasurementProfile::new(identity, measurer));
    Some(SvgEnvironment::deterministic().with_text_measurement_policy(policy))
}

impl super::Engine for Merman {
    fn draw(&self, source: &str, id: &str) -> Result<String, Failure> {
        let failure = |message: String, span| Failure {
            message,
            span,
            help: None,
        };
        let environment = environment()
            .ok_or_else(|| failure("the text measure was refused".to_owned(), None))?;
        let options = SvgRenderOptions {
            diagram_id: Some(id.to_owned()),
            ..SvgRenderOptions::default()
        };
        let request = SvgRequest {
            environment,
            options,
            ..SvgRequest::default()
        };
        let control = OperationControl::new().with_deadline(DEADLINE);
        let request = RenderRequest::svg(source, control, request);
        // A young crate on an author's text: its panic must not take the page with it.
        match catch_unwind(AssertUnwindSafe(|| self.renderer.render(request))) {
            Ok(Ok(RenderOutput::Svg(Some(output)))) => Ok(output.svg().to_owned()),
            Ok(Ok(_)) => Err(failure(
                "it is empty, or of a kind that we do not draw".to_owned(),
                None,
            )),
            Ok(Err(merman::RenderError::Parse(problem))) => {
                let span = problem
                    .terminal_diagnostic_details()
                    .span
                    .map(|span| Span::new(span.start, span.end));
                let message = problem.terminal_safe_message();
                Err(match message.split_once("Unsupported diagram type: ") {
                    Some((_, kind)) => unknown_kind(kind),
                    None => failure(one_line(&message), span),
                })
            }
            Ok(Err(problem)) => Err(failure(one_line(&problem.to_string()), None)),
            Err(_) => Err(failure("the drawing engine failed on it".to_owned(), None)),
        }
    }
}

/// What the engine says of kinds that this build leaves out speaks of Cargo features, which no author has.
fn unknown_kind(kind: &str) -> Failure {
    let end = kind.find(|letter: char| !letter.is_alphanumeric() && letter != '-');
    let kind = kind.get(..end.unwrap_or(kind.len())).unwrap_or_default();
    Failure {
        message: format!("there is no drawing of the kind `{kind}`"),
        span: None,
        help: Some(
            "these are drawn: `flowchart`, `sequenceDiagram`, `stateDiagram-v2`, `classDiagram`"
                .to_owned(),
        ),
    }
}

/// The first 200 letters of a message on one line.
fn one_line(message: &str) -> String {
    message
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(200)
        .collect()
}
