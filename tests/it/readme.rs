//! Every block of both READMEs is run.
