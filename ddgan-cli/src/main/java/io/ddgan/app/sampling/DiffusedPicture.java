package io.ddgan.app.sampling;

import io.ddgan.api.DataShape;
import io.ddgan.train.data.Picture;
import io.ddgan.train.picture.Pictures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A figure of a picture that is diffused to a step and denoised from there.
 *
 * @param picture its file
 * @param step the step, from 1 to T
 * @param count how many results
 */
public record DiffusedPicture(Path picture, int step, int count) implements Drawing {

  @Override
  public String file(long seed) {
    return "from-image-seed-%d.png".formatted(seed);
  }

  @Override
  public List<String> draw(Sampling sampling, Path target) throws IOException {
    Sampling.requirePicture(target);
    DataShape shape = sampling.requireSquare();
    sampling.requireRoom(count * (1L + count));
    float[] values = new float[shape.size()];
    Picture read = Picture.read(picture);
    read.fit(shape, values, 0);
    read.change(picture.toString(), shape)
        .ifPresent(change -> sampling.listener().announced("note: " + change));
    float[] cells =
        sampling
            .generator()
            .figures(sampling.random(), sampling.label(), sampling.listener())
            .fromPicture(values, step, count);
    Pictures.plain(shape).writeRows(cells, 1 + count, target);
    return List.of(
        "the picture, diffused to step %d above, denoised below: %s".formatted(step, target));
  }
}
