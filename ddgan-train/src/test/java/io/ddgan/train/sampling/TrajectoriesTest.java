package io.ddgan.train.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import io.ddgan.api.SampleNoise;
import io.ddgan.api.Trajectory;
import io.ddgan.train.data.MaskedImage;
import io.ddgan.train.experiment.DataCodec;
import io.ddgan.train.representation.Haar;
import io.ddgan.train.representation.Identity;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrajectoriesTest {

  private static final DataShape SHAPE = DataShape.image(1, 4, 4);
  private static final int SIZE = 16;

  @Test
  void lastStatesAreTheSamplesOfTheSeed() {
    try (SmallModel small = new SmallModel(new DataCodec(new Haar(1, 0.5), SHAPE), 2)) {
      List<Trajectory> followed = trajectories(small).of(origins(small, 3));
      assertArrayEquals(small.synthesis().sample(SmallModel.RANDOM, 0, 3), examples(followed));
      assertEquals(4, followed.get(0).states().size(), "x_3 to x_0");
    }
  }

  @Test
  void firstStateIsTheStartNoise() {
    try (SmallModel small = new SmallModel(new DataCodec(new Identity(), SHAPE), 2)) {
      List<SampleNoise> origins = origins(small, 3);
      List<Trajectory> followed = trajectories(small).of(origins);
      assertArrayEquals(origins.get(2).start(), followed.get(2).states().get(0));
    }
  }

  @Test
  void lastPredictionIsTheSample() {
    try (SmallModel small = new SmallModel(new DataCodec(new Identity(), SHAPE), 2)) {
      for (Trajectory each : trajectories(small).of(origins(small, 3))) {
        assertEquals(3, each.dataPredictions().size());
        assertArrayEquals(
            each.example(), each.dataPredictions().get(2), 1e-5f, "t = 0 has no noise");
        assertFalse(Arrays.equals(each.example(), each.dataPredictions().get(0)));
      }
    }
  }

  @Test
  void aLatentVectorChangesOnlyLaterStates() {
    try (SmallModel small = new SmallModel(new DataCodec(new Identity(), SHAPE), 2)) {
      List<SampleNoise> origins = origins(small, 2);
      SampleNoise changed = origins.get(0).withLatent(1, origins.get(1).latent(1));
      List<Trajectory> followed = trajectories(small).of(List.of(origins.get(0), changed));
      List<float[]> own = followed.get(0).states();
      List<float[]> other = followed.get(1).states();
      assertArrayEquals(own.get(1), other.get(1), "before it");
      assertFalse(Arrays.equals(own.get(2), other.get(2)), "after it");
    }
  }

  @Test
  void keepsThePictureOutsideTheMask() {
    BitSet made = new BitSet();
    made.set(0, SIZE / 2);
    float[] picture = picture();
    try (SmallModel small = new SmallModel(new DataCodec(new Haar(1, 0.5), SHAPE), 2)) {
      List<Trajectory> followed =
          trajectories(small).of(origins(small, 3), MaskedImage.of(SHAPE, picture, made), 1);
      for (Trajectory each : followed) {
        assertEquals(3, each.states().size(), "x_2 to x_0");
        for (int i = 0; i < SIZE; i++) {
          assertEquals(i >= SIZE / 2, picture[i] == each.example()[i], "pixel " + i);
        }
      }
    }
  }

  @Test
  void startsWithThePictureAtItsNoiseLevel() {
    BitSet all = new BitSet();
    all.set(0, SIZE);
    float[] picture = picture();
    try (SmallModel small = new SmallModel(new DataCodec(new Identity(), SHAPE), 2)) {
      List<SampleNoise> origins = origins(small, 1);
      float[] expected = origins.get(0).start().clone();
      small.model().components().process().marginal(2).apply(picture, expected, expected, 0, SIZE);
      Trajectory followed =
          trajectories(small).of(origins, MaskedImage.of(SHAPE, picture, all), 1).get(0);
      assertArrayEquals(expected, followed.states().get(0));
    }
  }

  @Test
  void refusesTheNoiseOfAnotherModel() {
    try (SmallModel small = new SmallModel(new DataCodec(new Identity(), SHAPE), 2);
        SmallModel larger =
            new SmallModel(new DataCodec(new Identity(), DataShape.image(1, 8, 8)), 2)) {
      RefusedException refusal =
          assertThrows(RefusedException.class, () -> trajectories(small).of(origins(larger, 1)));
      assertTrue(refusal.getMessage().contains("noise of 16"), refusal.getMessage());
    }
  }

  private static float[] picture() {
    float[] values = new float[SIZE];
    Arrays.fill(values, 0.5f);
    return values;
  }

  private static Trajectories trajectories(SmallModel small) {
    return new Trajectories(small.model(), small.synthesis());
  }

  private static List<SampleNoise> origins(SmallModel small, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            k ->
                trajectories(small)
                    .origin(
                        small
                            .synthesis()
                            .draw(SmallModel.RANDOM, SamplingLoop.SAMPLE, k, Optional.empty())))
        .toList();
  }

  private static float[] examples(List<Trajectory> followed) {
    float[] all = new float[followed.size() * SIZE];
    for (int i = 0; i < followed.size(); i++) {
      System.arraycopy(followed.get(i).example(), 0, all, i * SIZE, SIZE);
    }
    return all;
  }
}
