package io.ddgan.train.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.DiffusionProcess.Scales;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Representation;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.data.MaskedImage;
import io.ddgan.train.experiment.DataCodec;
import io.ddgan.train.representation.Haar;
import io.ddgan.train.representation.Identity;
import java.util.Arrays;
import java.util.BitSet;
import java.util.DoubleSummaryStatistics;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Inpaints with a generator of random weights that uses all pixels. */
class InpaintingTest {

  private static final DataShape SHAPE = DataShape.image(1, 4, 4);
  private static final int SIZE = 16;
  private static final float KEPT = 0.5f;
  private static final RandomStreams RANDOM = SmallModel.RANDOM;
  private static final RepaintSchedule ONCE = new RepaintSchedule(1, 1);

  static Stream<Representation> representations() {
    return Stream.of(new Identity(), new Haar(1, 0.5), new Haar(2, 1));
  }

  @ParameterizedTest
  @MethodSource("representations")
  void keepsTheKnownPixelsBitForBit(Representation representation) {
    float[] results = inpaint(representation, upper(), new RepaintSchedule(3, 1), 3, 5);
    float[] picture = upper().values();
    for (int i = 0; i < results.length; i++) {
      if (i % SIZE < SIZE / 2) {
        assertNotEquals(picture[i % SIZE], results[i], "made");
      } else {
        assertEquals(picture[i % SIZE], results[i], 0, "kept");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("representations")
  void returnsAPlainSampleIfNoPixelIsKnown(Representation representation) {
    float[] results = inpaint(representation, masked(0, SIZE), ONCE, 3, 5);
    float tolerance = representation.equals(new Identity()) ? 0 : 1e-4f;
    try (SmallModel small = new SmallModel(new DataCodec(representation, SHAPE), 3)) {
      assertArrayEquals(small.synthesis().sample(RANDOM, 0, 5), results, tolerance);
    }
  }

  @Test
  void resultsDoNotDependOnTheBatch() {
    RepaintSchedule resampling = new RepaintSchedule(2, 2);
    float[] five = inpaint(new Haar(1, 0.5), upper(), resampling, 3, 5);
    assertArrayEquals(five, inpaint(new Haar(1, 0.5), upper(), resampling, 3, 5));
    assertArrayEquals(five, inpaint(new Haar(1, 0.5), upper(), resampling, 2, 5), 1e-5f);
    assertArrayEquals(
        Arrays.copyOf(five, 2 * SIZE), inpaint(new Haar(1, 0.5), upper(), resampling, 3, 2), 1e-5f);
  }

  @Test
  void generatedPixelsDependOnTheKnownOnes() {
    float[] one = inpaint(new Identity(), upper(), ONCE, 3, 1);
    float[] negative = upper().values();
    IntStream.range(0, SIZE).forEach(i -> negative[i] = -negative[i]);
    MaskedImage other = MaskedImage.of(SHAPE, negative, made(0, SIZE / 2));
    float[] another = inpaint(new Identity(), other, ONCE, 3, 1);
    IntStream.range(0, SIZE / 2).forEach(i -> assertNotEquals(one[i], another[i]));
  }

  @Test
  void repetitionChangesOnlyGeneratedPixels() {
    float[] once = inpaint(new Identity(), upper(), ONCE, 3, 1);
    float[] often = inpaint(new Identity(), upper(), new RepaintSchedule(4, 1), 3, 1);
    IntStream.range(0, SIZE / 2).forEach(i -> assertNotEquals(once[i], often[i]));
    IntStream.range(SIZE / 2, SIZE).forEach(i -> assertEquals(once[i], often[i]));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 2", "2, 1"})
  void diffusesTheKnownPartToTheTimeOfEachStep(int representation, double unit) {
    int count = 2000;
    try (SmallModel small =
        new SmallModel(new DataCodec(representations().toList().get(representation), SHAPE), 100)) {
      KnownRegion known = small.known(upper(), new RepaintSchedule(2, 1));
      DoubleSummaryStatistics[] values = new DoubleSummaryStatistics[3];
      DoubleSummaryStatistics[] squares = new DoubleSummaryStatistics[3];
      Arrays.setAll(values, i -> new DoubleSummaryStatistics());
      Arrays.setAll(squares, i -> new DoubleSummaryStatistics());
      int[] order = known.order();
      float[] unused =
          small
              .synthesis()
              .follow(
                  order,
                  count,
                  k -> small.synthesis().draw(RANDOM, SamplingLoop.SAMPLE, k, Optional.empty()),
                  (done, first, x) -> {
                    known.reached(done, first, x);
                    if (done > 0 && done < order.length) {
                      for (float kept : kept(small.synthesis().coding().decode(x))) {
                        values[order[done]].accept(kept);
                        squares[order[done]].accept(kept * kept);
                      }
                    }
                  },
                  (what, done, total) -> {});
      for (int i : new int[] {1, 2}) {
        Scales scales =
            small.model().components().process().marginal(small.synthesis().path().get(i).t() + 1);
        double mean = values[i].getAverage();
        assertEquals(scales.signal() * KEPT, mean, 0.05, "signal of evaluation " + i);
        assertEquals(
            unit * scales.noise(),
            Math.sqrt(squares[i].getAverage() - mean * mean),
            0.05,
            "noise of evaluation " + i);
      }
    }
  }

  private static float[] kept(float[] images) {
    float[] kept = new float[images.length / 2];
    for (int i = 0; i < kept.length; i += SIZE / 2) {
      System.arraycopy(images, 2 * i + SIZE / 2, kept, i, SIZE / 2);
    }
    return kept;
  }

  @Test
  void refusesASingleStep() {
    try (SmallModel small = new SmallModel(new DataCodec(new Identity(), SHAPE), 2)) {
      assertThrows(
          RefusedException.class,
          () ->
              new KnownRegion(
                  upper(),
                  small.synthesis().coding(),
                  small.model().components().process(),
                  small.synthesis().path().subList(0, 1),
                  new RepaintSchedule(2, 1)::order,
                  KnownRegion.noises(RANDOM, SIZE)));
    }
  }

  @Test
  void refusesARepresentationThatIsNotInvertible() {
    String message =
        assertThrows(RefusedException.class, () -> inpaint(new Clipped(), upper(), ONCE, 3, 1))
            .getMessage();
    assertTrue(message.contains("Clipped[]"), message);
  }

  private static MaskedImage upper() {
    return masked(0, SIZE / 2);
  }

  private static MaskedImage masked(int from, int to) {
    float[] values = new float[SIZE];
    Arrays.fill(values, KEPT);
    return MaskedImage.of(SHAPE, values, made(from, to));
  }

  private static BitSet made(int from, int to) {
    BitSet made = new BitSet();
    made.set(from, to);
    return made;
  }

  private static float[] inpaint(
      Representation representation,
      MaskedImage image,
      RepaintSchedule resampling,
      int batch,
      int count) {
    try (SmallModel small = new SmallModel(new DataCodec(representation, SHAPE), batch)) {
      return small
          .synthesis()
          .inpaint(image, resampling, RANDOM, count, Optional.empty(), (what, done, total) -> {});
    }
  }

  /** Clamps values to the range of images. */
  private record Clipped() implements Representation {

    @Override
    public DataShape encodedShape(DataShape data) {
      return data;
    }

    @Override
    public float[] encode(DataShape data, float[] example) {
      return example.clone();
    }

    @Override
    public float[] decode(DataShape data, float[] encoded) {
      float[] decoded = encoded.clone();
      for (int i = 0; i < decoded.length; i++) {
        decoded[i] = Math.min(Math.max(decoded[i], -1), 1);
      }
      return decoded;
    }
  }
}
