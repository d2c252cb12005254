package io.ddgan.app.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A plot that is laid out.
 *
 * @param title what it shows
 * @param width in pixels
 * @param height in pixels
 * @param area where the data are drawn
 * @param frame axes, words and legend
 * @param data what stands for numbers, within the area
 */
public record Drawing(
    String title, double width, double height, Box area, List<Mark> frame, List<Mark> data) {

  public Drawing {
    frame = List.copyOf(frame);
    data = List.copyOf(data);
  }

  /** All that is drawn, what stands for numbers over the rest. */
  List<Mark> marks() {
    return Stream.concat(frame.stream(), data.stream()).toList();
  }

  /**
   * Drawings below each other, as one.
   *
   * @param drawings at least one
   */
  public static Drawing stacked(String title, List<Drawing> drawings) {
    double height = 0;
    double width = 0;
    List<Mark> frame = new ArrayList<>();
    List<Mark> data = new ArrayList<>();
    for (Drawing each : drawings) {
      double above = height;
      each.frame().forEach(mark -> frame.add(mark.lower(above)));
      each.data().forEach(mark -> data.add(mark.lower(above)));
      height += each.height();
      width = Math.max(width, each.width());
    }
    return new Drawing(title, width, height, new Box(0, 0, width, height), frame, data);
  }
}
