/**
 * Figures as vectors, drawn by JFreeChart and written as SVG.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.plot;
