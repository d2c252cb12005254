package io.ddgan.train.picture;

import io.ddgan.internal.file.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes pictures as an animation that loops forever. */
final class AnimatedGif {

  /** Approximate duration of all pictures but the last, in hundredths of a second. */
  private static final int LENGTH = 300;

  private static final int SLOWEST = 60;
  private static final int FASTEST = 4;

  /** Duration of the last picture, in hundredths of a second. */
  private static final int REST = 200;

  private AnimatedGif() {}

  /**
   * Writes an animation.
   *
   * @param pictures one or more pictures of the same size
   */
  static void write(List<BufferedImage> pictures, Path file) throws IOException {
    AtomicFile.write(file, out -> write(pictures, out));
  }

  private static void write(List<BufferedImage> pictures, OutputStream out) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    int delay = Math.min(Math.max(LENGTH / pictures.size(), FASTEST), SLOWEST);
    try (ImageOutputStream gif = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(gif);
      writer.prepareWriteSequence(null);
      for (int i = 0; i < pictures.size(); i++) {
        boolean isLast = i == pictures.size() - 1;
        IIOMetadata metadata = metadata(writer, pictures.get(i), isLast ? REST : delay, i == 0);
        writer.writeToSequence(new IIOImage(pictures.get(i), null, metadata), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
  }

  private static IIOMetadata metadata(
      ImageWriter writer, BufferedImage picture, int delay, boolean isFirst) throws IOException {
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(picture), null);
    String format = metadata.getNativeMetadataFormatName();
    IIOMetadataNode root = new IIOMetadataNode(format);
    IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
    control.setAttribute("disposalMethod", "none");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("transparentColorIndex", "0");
    control.setAttribute("delayTime", Integer.toString(delay));
    root.appendChild(control);
    if (isFirst) {
      IIOMetadataNode repeat = new IIOMetadataNode("ApplicationExtension");
      repeat.setAttribute("applicationID", "NETSCAPE");
      repeat.setAttribute("authenticationCode", "2.0");
      repeat.setUserObject(new byte[] {1, 0, 0}); // sub-block 1: repeat 0 times, meaning forever
      IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
      extensions.appendChild(repeat);
      root.appendChild(extensions);
    }
    metadata.mergeTree(format, root);
    return metadata;
  }
}
