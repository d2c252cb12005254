/**
 * Figures as vectors, drawn by JFreeChart: {@link io.ddgan.app.plot.Charts} makes a {@link
 * io.ddgan.app.plot.Figure}, which is written as SVG.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.plot;
