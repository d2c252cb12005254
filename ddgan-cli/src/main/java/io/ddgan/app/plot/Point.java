package io.ddgan.app.plot;

/**
 * A place in a drawing.
 *
 * @param x pixels from the left
 * @param y pixels from the top
 */
public record Point(double x, double y) {

  Point lower(double by) {
    return new Point(x, y + by);
  }
}
