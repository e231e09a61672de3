/// A figure in the making, as SVG that stands alone, as an image or inside a page.
///
/// The drawing is 440 units wide, so that its letters (13 to 16 units) can be read on a phone of 360
/// points. All its rules begin with the figure's own id, which is computed from its content: several
/// figures in one page do not disturb each other, and the same data give the same bytes.
struct SVGDrawing {
  /// Where a text is anchored.
  enum Anchor: String { case start, middle, end }

  /// What a text looks like.
  enum TextStyle {
    case title, label, tick, small

    var size: Double {
      switch self {
      case .title: 16
      case .label: 14
      case .tick: 13
      case .small: 12
      }
    }
  }

  static let width = 440.0
  static let margin = 10.0

  let title: String
  let summary: String
  /// The height so far; drawing goes from top to bottom.
  var height = 0.0
  private var body = ""
  private var seriesCount = 0

  /// Begins with the title as text.
  init(title: String, summary: String) {
    self.title = title
    self.summary = summary
    height = Self.margin
    // A sixth of the line stays free: where none of the named faces is installed, the one that comes
    // may be as much wider (DejaVu Sans is).
    for line in TextMeasure.wrapped(
      title, width: (Self.width - 2 * Self.margin) * 5 / 6, size: 16, isBold: true)
    {
      height += 20
      text(line, x: Self.margin, y: height - 5, style: .title)
    }
    height += 4
  }

  // MARK: Elements

  mutating func text(
    _ text: String, x: Double, y: Double, anchor: Anchor = .start, style: TextStyle = .label,
    isMuted: Bool = false, fill: Colour? = nil, rotation: Double = 0, hasHalo: Bool = false
  ) {
    guard !text.isEmpty else { return }
    var classes = style == .title ? "ink bold" : isMuted ? "muted" : "ink"
    if hasHalo { classes += " halo" }
    var attributes = "x=\"\(c(x))\" y=\"\(c(y))\" font-size=\"\(c(style.size))\""
    attributes += fill.map { " fill=\"\($0.code)\"" } ?? " class=\"\(classes)\""
    if anchor != .start { attributes += " text-anchor=\"\(anchor.rawValue)\"" }
    if rotation != 0 { attributes += " transform=\"rotate(\(c(rotation)) \(c(x)) \(c(y)))\"" }
    body += "<text \(attributes)>\(markupEscaped(text))</text>\n"
  }

  mutating func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, css: String, dashes: [Double] = []
  ) {
    body +=
      "<path class=\"\(css)\" d=\"M\(c(x1)) \(c(y1))L\(c(x2)) \(c(y2))\"\(dashAttribute(dashes))/>\n"
  }

  /// A line through some places in the colour of a series.
  ///
  /// A line of very many points is thin and solid: its own unrest would swallow the dashes.
  mutating func polyline(_ points: [(x: Double, y: Double)], series: Int) {
    guard points.count > 1 else { return }
    let isDense = points.count > 200
    let path = points.map { "\(c($0.x)) \(c($0.y))" }.joined(separator: "L")
    let dashes = isDense ? [] : Palette.dashes[series % Palette.dashes.count]
    body +=
      "<path class=\"\(isDense ? "thin line" : "line") \(stroke(series))\" d=\"M\(path)\"\(dashAttribute(dashes))/>\n"
  }

  /// A pale area in the colour of a series.
  mutating func area(_ points: [(x: Double, y: Double)], series: Int) {
    let path = points.map { "\(c($0.x)) \(c($0.y))" }.joined(separator: "L")
    body += "<path class=\"band \(fill(series))\" d=\"M\(path)Z\"/>\n"
  }

  /// The markers of a series at some places.
  mutating func markers(
    _ places: [(x: Double, y: Double)], series: Int, radius: Double = 4, css: String = "marker"
  ) {
    guard !places.isEmpty else { return }
    let path = places.map { SVGMarker.path(series, x: $0.x, y: $0.y, radius: radius) }.joined()
    let kind = SVGMarker.isOpen(series) ? "open" : fill(series)
    body += "<path class=\"\(css) \(kind) \(stroke(series))\" d=\"\(path)\"/>\n"
  }

  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, css: String = "", fill: Colour? = nil
  ) {
    let style = fill.map { " fill=\"\($0.code)\"" } ?? (css.isEmpty ? "" : " class=\"\(css)\"")
    body +=
      "<rect x=\"\(c(x))\" y=\"\(c(y))\" width=\"\(c(width))\" height=\"\(c(height))\"\(style)/>\n"
  }

  /// A bar in the colour of a series.
  mutating func bar(x: Double, y: Double, width: Double, height: Double, series: Int) {
    rectangle(x: x, y: y, width: width, height: height, css: fill(series))
  }

  /// Pixels with sharp edges, and a fine line around them.
  mutating func image(
    _ png: [UInt8], x: Double, y: Double, width: Double, height: Double, isFramed: Bool = true
  ) {
    let place = "x=\"\(c(x))\" y=\"\(c(y))\" width=\"\(c(width))\" height=\"\(c(height))\""
    body +=
      "<image class=\"pixels\" \(place) preserveAspectRatio=\"none\" "
      + "href=\"data:image/png;base64,\(PNG.base64(png))\"/>\n"
    if isFramed { body += "<rect class=\"frame\" \(place)/>\n" }
  }

  // MARK: Legend

  /// One entry of a legend.
  enum LegendSign {
    case series(Int)
    case points(Int)
    case dashes([Double])
  }

  /// A legend over the full width, several entries on a line where they fit.
  mutating func legend(_ entries: [(sign: LegendSign, text: String)]) {
    guard !entries.isEmpty else { return }
    var x = Self.margin
    height += 19
    for entry in entries {
      let isPoint: Bool
      if case .points = entry.sign { isPoint = true } else { isPoint = false }
      let signWidth = isPoint ? 12.0 : 30.0
      let room = Self.width - 2 * Self.margin - signWidth - 6
      let lines = TextMeasure.wrapped(entry.text, width: room, size: 14)
      let width = signWidth + 6 + (lines.map { TextMeasure.width($0, size: 14) }.max() ?? 0)
      if x > Self.margin, x + width > Self.width - Self.margin {
        x = Self.margin
        height += 19
      }
      sign(entry.sign, x: x, y: height - 9)
      for (index, line) in lines.enumerated() {
        if index > 0 { height += 18 }
        text(line, x: x + signWidth + 6, y: height - 4)
      }
      x += width + 16
    }
    height += 4
  }

  private mutating func sign(_ sign: LegendSign, x: Double, y: Double) {
    switch sign {
    case .series(let index):
      polyline([(x, y), (x + 30, y)], series: index)
      markers([(x + 15, y)], series: index)
    case .points(let index): markers([(x + 6, y)], series: index, radius: 4.5)
    case .dashes(let dashes): line(x, y, x + 30, y, css: "reference", dashes: dashes)
    }
  }

  // MARK: The document

  /// The whole document.
  func document() -> String {
    let size = "\(c(Self.width)) \(c(height))"
    // 1.2: on a wide page the letters have the size of its text.
    let shown = "width=\"\(c(Self.width * 1.2))\" height=\"\(c((height * 1.2).rounded()))\""
    let hash = Self.hash(title + "\n" + summary + "\n" + size + "\n" + body)
    let id = "figure-" + String(hash, radix: 16)
    return
      "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"\(id)\" viewBox=\"0 0 \(size)\" \(shown) "
      + "role=\"img\" aria-labelledby=\"\(id)-title \(id)-desc\">\n"
      + "<title id=\"\(id)-title\">\(markupEscaped(title))</title>\n"
      + "<desc id=\"\(id)-desc\">\(markupEscaped(summary))</desc>\n"
      + "<style>\n\(rules(id))</style>\n"
      + "<rect class=\"paper\" width=\"\(c(Self.width))\" height=\"\(c(height))\" rx=\"6\"/>\n"
      + body + "</svg>\n"
  }

  private func rules(_ id: String) -> String {
    func colours(
      _ ground: Colour, _ ink: Colour, _ muted: Colour, _ grid: Colour, _ series: [Colour]
    ) -> String {
      var rules = [
        ".paper,.open{fill:\(ground.code)}", ".ink{fill:\(ink.code)}", ".muted{fill:\(muted.code)}",
        ".halo,.marker{stroke:\(ground.code)}", ".grid{stroke:\(grid.code)}",
        ".axis,.reference{stroke:\(muted.code)}", ".error{stroke:\(ink.code)}",
        ".frame{stroke:\(muted.code)}",
      ]
      for index in 0..<min(seriesCount, series.count) {
        rules.append(".fill\(index){fill:\(series[index].code)}")
        rules.append(
          ".line.stroke\(index),.open.stroke\(index){stroke:\(series[index].code)}")
      }
      return rules.map { rule in
        rule.split(separator: ",", omittingEmptySubsequences: false).map {
          $0.hasPrefix(".") ? "#\(id) \($0)" : String($0)
        }.joined(separator: ",")
      }.joined(separator: "\n") + "\n"
    }
    let fonts = "\"Helvetica Neue\",Helvetica,Arial,\"Liberation Sans\",sans-serif"
    return """
      #\(id){max-width:100%;height:auto;font-family:\(fonts)}
      #\(id) .bold{font-weight:600}
      #\(id) .line{fill:none;stroke-width:2.2;stroke-linejoin:round}
      #\(id) .thin{stroke-width:1.2}
      #\(id) .band{opacity:.2}
      #\(id) .marker{stroke-width:1}
      #\(id) .open{stroke-width:1.8}
      #\(id) .halo{stroke-width:3;paint-order:stroke;stroke-linejoin:round}
      #\(id) .grid{stroke-width:1}
      #\(id) .axis{stroke-width:1.2;fill:none}
      #\(id) .reference{stroke-width:1.6}
      #\(id) .error{stroke-width:1.4;fill:none}
      #\(id) .frame{fill:none;stroke-width:.5;opacity:.6}
      #\(id) .pixels{image-rendering:pixelated}

      """
        + colours(Palette.paper, Palette.ink, Palette.muted, Palette.grid, Palette.onPaper)
        + "@media screen and (prefers-color-scheme:dark){\n"
        + colours(
          Palette.night, Palette.inkAtNight, Palette.mutedAtNight, Palette.gridAtNight,
          Palette.atNight)
        + "}\n"
  }

  /// FNV-1a over 64 bits, folded to 40: the same on every system, unlike `Hasher`.
  private static func hash(_ text: String) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return (hash ^ hash >> 40) & 0xFF_FFFF_FFFF
  }

  private mutating func stroke(_ series: Int) -> String { "stroke\(colour(series))" }
  private mutating func fill(_ series: Int) -> String { "fill\(colour(series))" }

  private mutating func colour(_ series: Int) -> Int {
    let index = series % Palette.onPaper.count
    seriesCount = max(seriesCount, index + 1)
    return index
  }

  private func dashAttribute(_ dashes: [Double]) -> String {
    dashes.isEmpty ? "" : " stroke-dasharray=\"\(dashes.map { c($0) }.joined(separator: " "))\""
  }

  /// A coordinate: two decimals are finer than a screen shows.
  private func c(_ value: Double) -> String { NumberText.trimmed(value, decimals: 2) }
}
