/**
 * Plots as vectors. {@link io.ddgan.cli.plot.IntervalPlot} and {@link io.ddgan.cli.plot.LinePlot}
 * lay out a {@link io.ddgan.cli.plot.Drawing}, a list of marks; {@link io.ddgan.cli.plot.Svg} and
 * {@link io.ddgan.cli.plot.Pdf} write it.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.cli.plot;
