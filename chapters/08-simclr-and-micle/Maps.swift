import CourseData
import Notebook
import TensorCore

/// Test pictures as points in the plane, coloured by class.
func classMap(_ title: String, _ points: Variable, _ pictures: Pictures, axes: String)
  -> ScatterPlot
{
  let numbers = points.value.numbers
  return ScatterPlot(
    title, xLabel: "\(axes) 1", yLabel: "\(axes) 2",
    points: (0..<points.shape[0]).map { [numbers[2 * $0], numbers[2 * $0 + 1]] },
    memberOf: Array(pictures.labels.prefix(points.shape[0])), classNames: pictures.classNames)
}

/// Query pictures, each with its nearest training pictures by some features.
///
/// - Parameters:
///   - set: the pictures.
///   - queries: places among the test pictures.
///   - features: what nearness is measured in, with the name of each.
/// - Returns: a row for each query and kind of feature; the caption says what a picture shows.
func neighbourGrid(
  _ set: PictureSet, queries: [Int], _ features: [(name: String, features: Representation)]
) -> PictureGrid {
  func shown(_ pictures: Pictures, _ index: Int) -> Notebook.Picture {
    Notebook.Picture(
      pictures.pixels(at: [index]), height: pictures.height, width: pictures.width,
      channels: pictures.channels, caption: pictures.classNames[pictures.labels[index]])
  }
  let found = features.map {
    nearestNeighbours(of: $0.features.test.gather(queries), in: $0.features.training, k: 5)
  }
  let rows = queries.indices.flatMap { query in
    features.indices.map { kind in
      PictureRow(
        features[kind].name,
        [shown(set.test, queries[query])]
          + found[kind][query].map { shown(set.training, $0) })
    }
  }
  return PictureGrid("A test picture, then its five nearest training pictures", rows: rows)
}
