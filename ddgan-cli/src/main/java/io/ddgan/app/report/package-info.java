/**
 * Trained runs side by side. {@link io.ddgan.app.report.Run} is what a run's folder tells, {@link
 * io.ddgan.app.report.RunComparison} what distinguishes runs on the same data, {@link
 * io.ddgan.app.report.ReportPage} shows it.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.report;
