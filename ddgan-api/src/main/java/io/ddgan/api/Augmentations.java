package io.ddgan.api;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Applies augmentations in order to the examples of a batch. */
public final class Augmentations {

  /** Name of the first one's draws and columns; the others are numbered from 2. */
  public static final String NAME = "augmentation";

  private Augmentations() {}

  /**
   * Augments examples {@code [N, ...shape]}. Returns them unchanged if there are no augmentations.
   */
  public static SDVariable of(Batch batch, List<Augmentation> augmentations, SDVariable x) {
    SDVariable augmented = x;
    for (int i = 0; i < augmentations.size(); i++) {
      Augmentation augmentation = augmentations.get(i);
      String name = i == 0 ? NAME : NAME + "-" + (i + 1);
      augmented = augmentation.apply(augmented, new BatchDraws(batch, name));
    }
    return augmented;
  }

  /** The draws of a batch, named after an augmentation. */
  private record BatchDraws(Batch batch, String name) implements Augmentation.Draws {

    @Override
    public SameDiff sameDiff() {
      return batch.sameDiff();
    }

    @Override
    public int size() {
      return batch.size();
    }

    @Override
    public DataShape shape() {
      return batch.shape();
    }

    @Override
    public SDVariable uniform(String draw) {
      return batch.uniform(name + "/" + draw);
    }

    @Override
    public SDVariable normal(String draw) {
      return batch.normal(name + "/" + draw);
    }

    @Override
    public SDVariable number(String key, ScheduledValue amount) {
      return batch.number(name + "-" + key, amount);
    }
  }
}
