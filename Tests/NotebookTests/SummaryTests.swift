import Testing

@testable import Notebook

@Suite struct SummaryTests {
  @Test func `a line plot says how its lines go and where they cross`() {
    let plot = LinePlot(
      "Label efficiency", xLabel: "labels", yLabel: "accuracy",
      series: [
        Series("pretrained", x: [10, 100, 1000], y: [0.5, 0.7, 0.8]),
        Series("scratch", x: [10, 100, 1000], y: [0.25, 0.6, 0.86]),
      ], xScale: .logarithmic)
    #expect(
      plot.summary
        == "Label efficiency (accuracy against labels): pretrained rises from 0.5 at 10 to 0.8 at "
        + "1,000; scratch rises from 0.25 at 10 to 0.86 at 1,000; pretrained lies above scratch "
        + "until 100.")
  }

  @Test func `a turn and a standstill are named`() {
    func line(_ values: [Double]) -> String {
      LinePlot("P", xLabel: "x", yLabel: "y", series: [Series("a", y: values)]).summary
    }
    #expect(
      line([0, 4, 1]) == "P (y against x): a rises from 0 at 0 to 4 at 1 and falls to 1 at 2.")
    #expect(
      line([4, 0, 3]) == "P (y against x): a falls from 4 at 0 to 0 at 1 and rises to 3 at 2.")
    #expect(line([2, 2, 2]) == "P (y against x): a stays at 2.")
    #expect(line([2]) == "P (y against x): a is 2 at 0.")
    #expect(line([]) == "P (y against x): no data.")
  }

  @Test func `what cannot be drawn is counted`() {
    let series = [Series("a", x: [0, 1, 2, 3], y: [1, 2, Double.nan, 4])]
    let plot = LinePlot("P", xLabel: "x", yLabel: "y", series: series, xScale: .logarithmic)
    #expect(
      plot.summary.hasSuffix(
        "1 point is left out as not finite; 1 point is left out as not positive on a log scale."))
    #expect(plot.shownPoints[0].map(\.x) == [1, 3])
  }

  @Test func `of many lines the highest and the lowest end are named`() {
    let series = (0..<6).map { Series("s\($0)", y: [0, Double($0)]) }
    let plot = LinePlot("P", xLabel: "x", yLabel: "y", series: series)
    #expect(
      plot.summary
        == "P (y against x): of 6 lines, s5 ends highest at 5 and s0 lowest at 0.")
  }

  @Test func `a bar plot names its extremes and the bar it is about`() {
    let plot = BarPlot(
      "Ladder", valueLabel: "accuracy",
      bars: [Bar("chance", 0.1), Bar("method", 0.6, spread: 0.02), Bar("all labels", 0.9)],
      highlighted: "method")
    #expect(
      plot.summary
        == "Ladder (accuracy): all labels (0.900) is highest and chance (0.100) lowest, with method "
        + "(0.600 ±0.020) between them.")
  }

  @Test func `a confusion matrix says where most of it lies`() {
    let map = Heatmap(
      "Confusion", values: [[8, 2], [1, 9]], rowLabels: ["cat", "dog"],
      columnLabels: ["cat", "dog"])
    #expect(
      map.summary
        == "Confusion: 2 rows and 2 columns; the largest value is 9 (dog, dog), the smallest 1 "
        + "(dog, cat); 85% of the sum lies on the diagonal.")
  }

  @Test func `a scatter plot says how well its classes lie apart`() {
    let plot = ScatterPlot(
      "Features", xLabel: "x", yLabel: "y", points: [[0.0, 0], [1, 0], [9, 9], [10, 9]],
      memberOf: [0, 0, 1, 1], classNames: ["a", "b"])
    #expect(
      plot.summary
        == "Features (y against x): 4 points of 2 classes; 100% of them lie nearest to the centre of "
        + "their own class.")
  }

  @Test func `a grid of pictures says how many there are and of which size`() {
    let picture = Picture([0, 1, 1, 0], height: 2, width: 2)
    let grid = PictureGrid("Views", rows: [PictureRow("left", [picture, picture])])
    #expect(grid.summary == "Views: 2 grey pictures of 2 by 2 pixels; in rows: left.")
  }

  @Test func `runs become their mean and sample standard deviation`() {
    let series = Series("a", x: [1], runs: [[1.0], [2.0], [6.0]])
    // Mean 3, squared deviations 4 + 1 + 9 over two.
    #expect(series.points == [.init(x: 1, y: 3, spread: 7.0.squareRoot())])
    #expect(meanAndDeviation([5.0]).deviation == 0)
  }
}
