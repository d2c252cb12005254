/**
 * Compares trained runs. {@link io.ddgan.app.report.RunResults} has the results of a run, {@link
 * io.ddgan.app.report.RunComparison} the differences of runs on the same data, and {@link
 * io.ddgan.app.report.ReportPage} shows them.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.report;
