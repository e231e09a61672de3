import Foundation
import Testing

@testable import Notebook

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// One of each figure, and each again with the data that break careless drawing.
enum FigureExamples {
  static let figures: [any Showable] = plain + extreme

  static let plain: [any Showable] = [
    LinePlot(
      "Label efficiency", xLabel: "labels", yLabel: "accuracy",
      series: [
        Series("pretrained", x: [10, 100, 1000], runs: [[0.5, 0.7, 0.8], [0.6, 0.7, 0.82]]),
        Series("scratch", x: [10, 100, 1000], y: [0.3, 0.6, 0.86]),
      ], xScale: .logarithmic, references: [ReferenceLine("chance", 0.1)]),
    ScatterPlot(
      "Words & <signs>", xLabel: "first \"axis\"", yLabel: "second 'axis'",
      classes: [PointClass("nouns", x: [1, 2], y: [3.0, 4.0], labels: ["cat", "<dog>"])]),
    BarPlot(
      "Ladder", valueLabel: "accuracy",
      bars: [Bar("chance", 0.1), Bar("method", runs: [0.6, 0.7, 0.8])], highlighted: "method",
      references: [ReferenceLine("paper", 0.75)]),
    BarPlot(
      "Groups", valueLabel: "change",
      groups: [
        BarGroup("one", [Bar("a", -2), Bar("b", 3)]), BarGroup("two", [Bar("a", 1), Bar("b", 0)]),
      ]),
    Heatmap(
      "Attention", values: [[0.5, 0.25], [0.125, 0.125]], rowLabels: ["the", "cat"],
      columnLabels: ["le", "chat"], rowsAre: "English", columnsAre: "French"),
    Heatmap(
      "Similarity", values: (0..<24).map { row in (0..<24).map { column in row - column } }),
    PictureGrid(
      "Views",
      rows: [
        PictureRow("first", [Picture([0, 0.5, 0.5, 1], height: 2, width: 2, caption: "grey")]),
        PictureRow(
          "second",
          (0..<9).map { _ in
            Picture([Float](repeating: 0.3, count: 40 * 30 * 3), height: 40, width: 30, channels: 3)
          }),
      ]),
    Table(
      "Ladder", columns: [.text("encoder"), .number("accuracy"), .number("labels")],
      rows: [["chance", 0.1, 0], ["method | *", .mean(of: [0.6, 0.7]), 1000]],
      best: .highest("accuracy")),
    Note("Story", lines: ["Once upon a time", "", "there was a ``` in a text " + long]),
  ]

  static let long = Array(repeating: "word", count: 40).joined(separator: " ")

  static let extreme: [any Showable] = [
    LinePlot("Empty", xLabel: "", yLabel: "", series: []),
    LinePlot("No points", xLabel: "x", yLabel: "y", series: [Series("a", points: [])]),
    LinePlot("One", xLabel: "x", yLabel: "y", series: [Series("a", x: [3], y: [5])]),
    LinePlot(
      "Same", xLabel: "x", yLabel: "y",
      series: [
        Series("a", x: [0, 1, 2], y: [0.5, 0.5, 0.5]), Series("b", x: [1, 1], y: [0, 0]),
      ]),
    LinePlot(
      "Not finite", xLabel: "x", yLabel: "y",
      series: [Series("a", x: [0, 1, 2, 3], y: [1, Double.nan, .infinity, 2])]),
    LinePlot(
      "Zeros", xLabel: "x", yLabel: "y", series: [Series("a", x: [0, 1, 2], y: [1, 0, 3])],
      xScale: .logarithmic, yScale: .logarithmic),
    LinePlot(
      "Huge", xLabel: "x", yLabel: "y",
      series: [Series("a", x: [-1e308, 1e308], y: [-1e308, 1e308])]),
    LinePlot(
      "Tiny", xLabel: "x", yLabel: "y", series: [Series("a", x: [0, 1e-300], y: [1e-12, 3e-12])]),
    LinePlot(
      "Wide log", xLabel: "x", yLabel: "y",
      series: [Series("a", x: [1e-30, 1e30], y: [1e-9, 1e9], spread: [1, 1])],
      xScale: .logarithmic, yScale: .logarithmic),
    LinePlot(
      "Ten " + long, xLabel: long, yLabel: long,
      series: (0..<10).map { Series("\($0) " + long, y: [Double($0), 1, 2]) }),
    LinePlot(
      "Dense", xLabel: "step", yLabel: "loss",
      series: [Series("a", y: (0..<5000).map { 1 / Double($0 + 1) })], yScale: .logarithmic),
    ScatterPlot("Empty", xLabel: "", yLabel: "", classes: []),
    BarPlot("Empty", valueLabel: "", bars: []),
    BarPlot("Zero", valueLabel: "v", bars: [Bar("a", 0), Bar(long, Double.nan)]),
    Heatmap("Empty", values: [[Double]]()),
    Heatmap("Holes", values: [[Double.nan, 1], [1, .infinity]]),
    Heatmap("Wide", values: [(0..<200).map { Double($0) }]),
    PictureGrid("Empty", rows: []),
    PictureGrid("Holes", pictures: [Picture([.nan, 2, -1], height: 3, width: 1, caption: long)]),
    Table("Empty", columns: [.text("a")], rows: []),
    Table("", columns: [.text("a"), .number("b")], rows: [[.text(long), .number(Double.nan)]]),
    Note(""),
  ]
}

@Suite struct ShowableTests {
  static let styles = [20, 40, 80, 132].flatMap { width in
    [(false, false), (false, true), (true, true)].map {
      TerminalStyle(width: width, usesColour: $0.0, usesUnicode: $0.1)
    }
  }

  @Test(arguments: styles)
  func `no line is wider than the terminal or holds a line break`(_ style: TerminalStyle) {
    for figure in FigureExamples.figures {
      for line in figure.terminalLines(style) {
        #expect(displayWidth(line) <= style.width, "\(figure.summary): \(line)")
        #expect(!line.contains("\n"))
      }
    }
  }

  @Test func `without colour no line holds an escape, and without Unicode all are ASCII`() {
    for figure in FigureExamples.figures {
      for line in figure.terminalLines(.plain) {
        let isASCII = line.allSatisfy { $0.isASCII }
        #expect(isASCII, "\(line)")
        #expect(!line.contains("\u{1B}"))
      }
    }
  }

  @Test func `every figure says in one line what it shows`() {
    for figure in FigureExamples.figures {
      #expect(!figure.summary.isEmpty)
      #expect(!figure.summary.contains("\n"))
    }
  }

  @Test func `every SVG is well-formed XML with a title and a description`() throws {
    for figure in FigureExamples.figures {
      guard let svg = figure.svg() else { continue }
      let reader = ElementReader()
      let parser = XMLParser(data: Data(svg.utf8))
      parser.delegate = reader
      #expect(parser.parse(), "\(figure.summary): \(String(describing: parser.parserError))")
      #expect(reader.names.prefix(3) == ["svg", "title", "desc"])
      #expect(reader.texts["desc"]?.trimmingCharacters(in: .newlines) == figure.summary)
      #expect(!svg.contains("nan\"") && !svg.contains("inf\""), "\(figure.summary)")
    }
  }

  @Test func `the same data give the same bytes, other data another id`() throws {
    func plot(_ value: Double) throws -> String {
      let series = [Series("a", x: [0, 1], y: [value, 2])]
      return try #require(LinePlot("A", xLabel: "x", yLabel: "y", series: series).svg())
    }
    #expect(try plot(1) == plot(1))
    let ids = try [plot(1), plot(1.5)].map { try #require($0.firstMatch(of: /id="([^"]+)"/)).1 }
    #expect(ids[0] != ids[1])
  }

  @Test func `every rule of an SVG begins with the figure's own id`() throws {
    let figure = FigureExamples.plain[0]
    let svg = try #require(figure.svg())
    let id = try #require(svg.firstMatch(of: /id="([^"]+)"/)).1
    let css = try #require(svg.firstMatch(of: /<style>([^<]*)<\/style>/)).1
    for selector in css.matches(of: /([^{}]+)\{/) {
      for part in selector.1.split(separator: ",") where !part.contains("@media") {
        #expect(part.trimmingCharacters(in: .whitespacesAndNewlines).hasPrefix("#\(id)"))
      }
    }
  }

  @Test func `a long line is thinned to its extremes`() throws {
    let values = (0..<100_000).map { Double(($0 * 7919) % 1000) }
    let plot = LinePlot("A", xLabel: "", yLabel: "", series: [Series("a", y: values)])
    let svg = try #require(plot.svg())
    // Two points of some twelve characters for each of 400 parts.
    #expect(svg.utf8.count < 20_000)
    let thin = LinePlot.thinned(plot.series[0].points, buckets: 400)
    #expect(thin.map(\.y).max() == 999 && thin.map(\.y).min() == 0)
    #expect(thin.map(\.x) == thin.map(\.x).sorted())
  }
}

/// Collects the names and the texts of the elements of a document.
private final class ElementReader: NSObject, XMLParserDelegate {
  var names: [String] = []
  var texts: [String: String] = [:]

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    names.append(name)
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    texts[names.last ?? "", default: ""] += string
  }
}
