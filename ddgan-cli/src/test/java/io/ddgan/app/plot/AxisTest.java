package io.ddgan.app.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AxisTest {

  @Test
  void ticksAreFewRoundAndToldApart() {
    Random random = new Random(1);
    for (int i = 0; i < 3000; i++) {
      double middle = random.nextGaussian() * Math.pow(10, random.nextInt(16) - 8);
      double width = Math.abs(middle) * Math.pow(10, -random.nextInt(6)) * random.nextDouble();
      List<Double> numbers = List.of(middle, middle + width, middle + width / 3);
      Axis axis = Axis.over(numbers, 6, 0, 100);
      List<String> texts = axis.ticks().stream().map(axis::text).toList();
      assertTrue(texts.size() >= 2 && texts.size() <= 7, () -> numbers + ": " + texts);
      assertEquals(texts.size(), new HashSet<>(texts).size(), () -> numbers + ": " + texts);
      numbers.forEach(
          number ->
              assertTrue(
                  axis.at(number) >= -1e-6 && axis.at(number) <= 100 + 1e-6,
                  () -> numbers + ": " + texts));
      for (int k = 0; k < texts.size(); k++) {
        double read = Double.parseDouble(texts.get(k).replace(",", ""));
        assertEquals(
            axis.ticks().get(k), read, Math.abs(axis.ticks().get(k)) * 1e-9, texts::toString);
      }
    }
  }

  @Test
  void whatStandsAtTicksIsShort() {
    assertEquals(List.of("0.04", "0.05", "0.06", "0.07", "0.08"), texts(0.0728, 0.045978512542163));
    assertEquals(List.of("0", "20", "40", "60", "80", "100"), texts(0, 100));
    assertEquals(List.of("1", "10", "100", "1,000"), texts(1.5, 900));
    assertEquals(List.of("1e-9", "1e-8", "1e-7"), texts(1e-9, 1e-7));
    assertEquals(List.of("-0.2", "0.0", "0.2", "0.4"), texts(-0.11, 0.39));
  }

  @Test
  void wholeNumbersHaveTicksAtWholeNumbers() {
    assertEquals(List.of("5", "10", "15", "20"), texts(5, 20));
    assertEquals(List.of("0", "1"), texts(0, 1));
    assertEquals(List.of("16", "18", "20", "22", "24", "26"), texts(16, 25));
  }

  private static List<String> texts(double... ends) {
    Axis axis = Axis.over(List.of(ends[0], ends[1]), 6, 0, 100);
    return axis.ticks().stream().map(axis::text).toList();
  }
}
