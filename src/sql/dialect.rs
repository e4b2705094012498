//! What engines write each in its own way. All else is one text for all.

/// The SQL of an engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// DuckDB.
    DuckDb,
    /// PostgreSQL, 12 or later.
    Postgres,
    /// Spark SQL, 3.4 or later, in ANSI mode.
    Spark,
}

impl Dialect {
    /// The type of whole numbers that are counted with: of 38 digits at least. Going beyond it is
    /// an error of the engine.
    pub(super) fn integer(self) -> &'static str {
        match self {
            Self::DuckDb => "HUGEINT",
            Self::Postgres => "NUMERIC",
            Self::Spark => "DECIMAL(38, 0)",
        }
    }

    pub(super) fn text(self) -> &'static str {
        match self {
            Self::DuckDb => "VARCHAR",
            Self::Postgres => "TEXT",
            Self::Spark => "STRING",
        }
    }

    /// What stands between the name of a part of the query and the part: that it is worked out
    /// once. An engine that puts it in place would write its sums out again for each that uses one.
    pub(super) fn once(self) -> &'static str {
        match self {
            Self::DuckDb | Self::Postgres => "AS MATERIALIZED",
            Self::Spark => "AS",
        }
    }

    /// The whole part of a quotient, cut off towards zero; nothing where the divisor is 0.
    pub(super) fn whole(self, number: &str, by: &str) -> String {
        match self {
            Self::DuckDb => format!("({number} // {by})"),
            Self::Postgres => format!("DIV({number}, {by})"),
            Self::Spark => {
                format!("CAST(({number} - {number} % {by}) / {by} AS DECIMAL(38, 0))")
            }
        }
    }

    /// Whether a text is of a pattern.
    pub(super) fn is_like(self, text: &str, pattern: &str) -> String {
        match self {
            Self::DuckDb => format!("REGEXP_MATCHES({text}, '{pattern}')"),
            Self::Postgres => format!("({text} ~ '{pattern}')"),
            Self::Spark => format!("({text} RLIKE '{pattern}')"),
        }
    }

    /// Stops the query with a text that is worked out; of the type of whole numbers.
    pub(super) fn stop(self, text: &str) -> String {
        let integer = self.integer();
        match self {
            Self::DuckDb => format!("CAST(ERROR({text}) AS {integer})"),
            // It has no such function; a text that is no number stops it, and is shown.
            Self::Postgres => format!("CAST({text} AS {integer})"),
            Self::Spark => format!("CAST(RAISE_ERROR({text}) AS {integer})"),
        }
    }

    /// A text.
    pub(super) fn quoted(self, text: &str) -> String {
        match self {
            Self::DuckDb | Self::Postgres => format!("'{}'", text.replace('\'', "''")),
            Self::Spark => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
        }
    }
}
