package io.ddgan.app.plot;

import java.util.List;

/**
 * A rectangle in a drawing, in pixels from its left upper corner.
 *
 * @param left its left edge
 * @param top its upper edge
 * @param right its right edge, no less than the left one
 * @param bottom its lower edge, no less than the upper one
 */
public record Box(double left, double top, double right, double bottom) {

  static Box around(List<Point> points) {
    return new Box(
        points.stream().mapToDouble(Point::x).min().orElseThrow(),
        points.stream().mapToDouble(Point::y).min().orElseThrow(),
        points.stream().mapToDouble(Point::x).max().orElseThrow(),
        points.stream().mapToDouble(Point::y).max().orElseThrow());
  }

  /** Its width. */
  public double width() {
    return right - left;
  }

  /** Its height. */
  public double height() {
    return bottom - top;
  }

  /** Larger by so much on each side. */
  public Box grown(double by) {
    return new Box(left - by, top - by, right + by, bottom + by);
  }

  /** Whether another one lies within it. */
  public boolean contains(Box other) {
    return other.left >= left && other.right <= right && other.top >= top && other.bottom <= bottom;
  }

  /** Whether they have more than an edge in common. */
  public boolean overlaps(Box other) {
    return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
  }

  /** The area that they have in common, in square pixels. */
  public double shared(Box other) {
    double wide = Math.min(right, other.right) - Math.max(left, other.left);
    double high = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    return wide > 0 && high > 0 ? wide * high : 0;
  }
}
