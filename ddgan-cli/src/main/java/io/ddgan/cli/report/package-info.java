/**
 * Finished runs side by side. {@link io.ddgan.cli.report.Run} is what a run's folder tells, {@link
 * io.ddgan.cli.report.RunComparison} what distinguishes runs on the same data, {@link
 * io.ddgan.cli.report.ReportPage} shows it.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.cli.report;
