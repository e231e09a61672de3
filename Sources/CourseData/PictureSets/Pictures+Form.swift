extension Pictures {
  /// The same pictures in colour: grey ones with three equal channels.
  public var inColour: Pictures {
    if channels == 3 { return self }
    return Pictures(
      height: height, width: width, channels: 3, pixels: pixels.flatMap { [$0, $0, $0] },
      labels: labels, classNames: classNames)
  }

  /// The pictures in colour at `side` × `side` pixels, on a white square where they are not square.
  ///
  /// Each new pixel is the mean of what lies within it.
  public func onSquare(_ side: Int) -> Pictures {
    let squares = (0..<count).flatMap { pixmap($0).onSquare(side) }
    return Pictures(
      height: side, width: side, channels: 3, pixels: squares, labels: labels,
      classNames: classNames)
  }
}
