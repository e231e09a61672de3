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
