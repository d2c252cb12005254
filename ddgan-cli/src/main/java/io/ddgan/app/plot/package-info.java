/**
 * Plots as vectors. {@link io.ddgan.app.plot.IntervalPlot} and {@link io.ddgan.app.plot.LinePlot}
 * lay out a {@link io.ddgan.app.plot.Drawing}, a list of marks; {@link io.ddgan.app.plot.Svg} and
 * {@link io.ddgan.app.plot.Pdf} write it.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.plot;
