# What lib/report embeds: the checks' pages and the HTML page's parts.
include(${CMAKE_SOURCE_DIR}/lib/report/Embed.cmake)
file(GLOB pages CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/checks/netdev-*.md)
netdev_embed(netdev_report report/Pages.inc ${pages})
file(GLOB parts CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/lib/report/html/*)
netdev_embed(netdev_report report/Html.inc ${parts})
