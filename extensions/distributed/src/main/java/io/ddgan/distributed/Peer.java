package io.ddgan.distributed;

import io.ddgan.api.ProcessGroup.LostException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A connection to another process. */
record Peer(Socket socket, DataInputStream in, DataOutputStream out) {

  Peer(Socket socket) throws IOException {
    this(
        socket,
        new DataInputStream(new BufferedInputStream(socket.getInputStream())),
        new DataOutputStream(new BufferedOutputStream(socket.getOutputStream())));
    socket.setTcpNoDelay(true);
    socket.setKeepAlive(true);
  }

  /** Sends the length of a message and its bytes. */
  void send(int rank, byte[] message) {
    try {
      out.writeInt(message.length);
      out.write(message);
      out.flush();
    } catch (IOException e) {
      throw new LostException(rank);
    }
  }

  byte[] receive(int rank) {
    try {
      byte[] message = new byte[in.readInt()];
      in.readFully(message);
      return message;
    } catch (IOException e) {
      throw new LostException(rank);
    }
  }

  /** Throws if the other process has ended; what it has sent stays unread. */
  void requireAlive(int rank) {
    try {
      socket.setSoTimeout(1);
      in.mark(1);
      try {
        if (in.read() < 0) {
          throw new LostException(rank);
        }
        in.reset();
      } catch (SocketTimeoutException e) {
        // it has sent nothing
      }
      socket.setSoTimeout(0);
    } catch (IOException e) {
      throw new LostException(rank);
    }
  }

  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // nothing is left to be sent
    }
  }
}
